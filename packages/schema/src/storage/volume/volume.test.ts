import { describe, expect, it } from 'vitest';
import { formatStorageVolume, parseStorageVolume } from './document.js';

const plain = '<name>v</name><capacity>1048576</capacity>';
const volume = (inner: string) => parseStorageVolume(`<volume>${inner}</volume>`, 'dir');

describe('a volume document', () => {
  it('is raw and wholly allocated where it says nothing else', () => {
    expect(volume(plain)).toMatchObject({ allocation: 1048576n, target: { format: { type: 'raw' } }, type: 'file' });
  });

  it.each([
    ["<capacity unit='KB'>1500</capacity>", 1_500_000n],
    ["<capacity unit='KiB'>3</capacity>", 3072n],
    ["<capacity unit='b'>512</capacity>", 512n],
    ['<capacity>+10</capacity>', 10n],
  ])('counts %s in bytes', (capacity, bytes) => {
    expect(volume(`<name>v</name>${capacity}`).capacity).toBe(bytes);
  });

  it('needs compat 1.1 for any feature', () => {
    expect(volume(`${plain}<target><features/></target>`).target.compat).toBe('1.1');
  });

  it('forgets a backing store without a path', () => {
    expect(volume(`${plain}<backingStore/>`).backingStore).toBeUndefined();
  });

  it('shows its time stamps to the nanosecond, and whole seconds without a fraction', () => {
    const value = volume(plain);
    value.target.timestamps = { atime: 5_000_000_000n, mtime: 1_000_000_001n, ctime: 2_000_000_000n };
    expect(formatStorageVolume(value)).toContain('<atime>5</atime>\n      <mtime>1.000000001</mtime>');
  });

  it('closes an encryption element that has nothing inside', () => {
    const value = volume(plain);
    value.target.encryption = { format: 'luks', secret: [] };
    expect(formatStorageVolume(value)).toContain("    <encryption format='luks'>\n    </encryption>\n");
  });
});

describe('a volume document is refused', () => {
  it.each([
    ['<capacity>1</capacity>', 27, 'XML error: missing volume name element'],
    ['<name>v</name>', 27, 'XML error: missing capacity element'],
    ['<name>v</name><capacity>-1</capacity>', 27, 'XML error: malformed capacity element'],
    ["<name>v</name><capacity unit='Q'>1</capacity>", 8, "invalid argument: unknown suffix 'Q'"],
    ["<name>v</name><capacity unit='E'>100</capacity>", 82, 'numerical overflow: value too large: 100E'],
    [`${plain}<target><format type='q'/></target>`, 67, 'unsupported configuration: unknown volume format type q'],
    [
      `${plain}<target><format type='none'/></target>`,
      67,
      'unsupported configuration: unknown volume format type none',
    ],
    [`${plain}<target><compat>1.1.1</compat></target>`, 27, "XML error: forbidden characters in 'compat' attribute"],
    [`${plain}<target><features><foo/></features></target>`, 67, 'unsupported configuration: unsupported feature foo'],
    [`${plain}<target><encryption/></target>`, 27, 'XML error: unknown volume encryption format'],
    [
      `${plain}<target><clusterSize>x</clusterSize></target>`,
      27,
      "XML error: Invalid value 'x' for element or attribute './target/clusterSize'",
    ],
  ])('%s', (inner, code, message) => {
    expect(() => volume(inner)).toThrow(expect.objectContaining({ code, message }));
  });
});
