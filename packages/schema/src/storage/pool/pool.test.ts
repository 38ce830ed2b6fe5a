import { describe, expect, it } from 'vitest';
import { formatStoragePool, parseStoragePool } from './document.js';

const pool = (type: string, inner: string) => parseStoragePool(`<pool type='${type}'>${inner}</pool>`);
const target = '<target><path>/x</path></target>';
const named = (inner: string) => `<name>a</name>${inner}`;

describe('a pool document', () => {
  it('is written as libvirt writes it', () => {
    const text =
      "<pool type='dir'><name>a</name><uuid>0D1FF00000004000800000000000000F</uuid><target><path>//x//y/</path></target></pool>";
    expect(formatStoragePool(parseStoragePool(text))).toBe(`<pool type='dir'>
  <name>a</name>
  <uuid>0d1ff000-0000-4000-8000-00000000000f</uuid>
  <capacity unit='bytes'>0</capacity>
  <allocation unit='bytes'>0</allocation>
  <available unit='bytes'>0</available>
  <source>
  </source>
  <target>
    <path>//x/y</path>
  </target>
</pool>
`);
  });

  it('read again is the same text', () => {
    const first = formatStoragePool(
      pool('netfs', named(`<source><host name='h'/><dir path='/e/'/></source>${target}`)),
    );
    expect(formatStoragePool(parseStoragePool(first))).toBe(first);
  });

  it('takes the name of a volume group from its source, and the path from the name', () => {
    const group = pool('logical', '<source><name>vg</name></source>');
    expect(group).toMatchObject({ name: 'vg', target: { path: '/dev/vg' }, source: { format: { type: 'lvm2' } } });
  });

  it('drops parts of the source that the pool type does not have', () => {
    expect(
      formatStoragePool(pool('dir', named(`<source><host name='h'/><format type='x'/></source>${target}`))),
    ).not.toContain('<host');
  });
});

const refusals: readonly (readonly [what: string, type: string, inner: string, code: number, message: string])[] = [
  ['without a name', 'dir', target, 27, 'XML error: missing pool source name element'],
  [
    'of an unknown type',
    'foo',
    named(target),
    27,
    "XML error: Invalid value for attribute 'type' in element 'pool': 'foo'.",
  ],
  ['without a target', 'dir', named(''), 27, 'XML error: missing storage pool target path'],
  ['with a slash in its name', 'dir', `<name>a/b</name>${target}`, 27, "XML error: name a/b cannot contain '/'"],
  ['named .', 'dir', `<name>.</name>${target}`, 27, 'XML error: name . cannot be used for a file'],
  ['named ..', 'dir', `<name>..</name>${target}`, 27, 'XML error: name .. cannot be used for a file'],
  ['with a line break in its name', 'dir', `<name>a\nb</name>${target}`, 35, 'invalid char in name: \n'],
  [
    'with a broken mode',
    'dir',
    named('<target><path>/x</path><permissions><mode>9</mode></permissions></target>'),
    27,
    'XML error: malformed octal mode',
  ],
  [
    'with a mode over 0777',
    'dir',
    named('<target><path>/x</path><permissions><mode>7777</mode></permissions></target>'),
    27,
    'XML error: malformed octal mode',
  ],
  [
    'with a broken owner',
    'dir',
    named('<target><path>/x</path><permissions><owner>4294967296</owner></permissions></target>'),
    27,
    'XML error: malformed owner element',
  ],
  [
    'with a broken group',
    'dir',
    named('<target><path>/x</path><permissions><group>-2</group></permissions></target>'),
    27,
    'XML error: malformed group element',
  ],
  ['with a broken uuid', 'dir', named(`<uuid>x</uuid>${target}`), 27, 'XML error: malformed uuid element'],
  ['of a file system without a device', 'fs', named(target), 27, 'XML error: missing storage pool source device name'],
  [
    'of an unknown file system',
    'fs',
    named(`<source><device path='/d'/><format type='q'/></source>${target}`),
    67,
    'unsupported configuration: unknown pool format type q',
  ],
  [
    'of a network file system without a host',
    'netfs',
    named(`<source><dir path='/e'/></source>${target}`),
    27,
    'XML error: missing storage pool source host name',
  ],
  [
    'of cifs with a protocol version',
    'netfs',
    named(`<source><host name='h'/><dir path='/e'/><format type='cifs'/><protocol ver='3'/></source>${target}`),
    67,
    "unsupported configuration: storage pool protocol ver unsupported for pool type 'cifs'",
  ],
  [
    'of iSCSI without an initiator',
    'iscsi-direct',
    named("<source><host name='h'/><device path='iqn'/></source>"),
    67,
    'unsupported configuration: missing initiator IQN',
  ],
  [
    'with cow where it cannot be',
    'mpath',
    named(`<features><cow state='yes'/></features>${target}`),
    3,
    "this function is not supported by the connection driver: cow feature may only be used for 'fs' and 'dir' pools",
  ],
  [
    'with a short wwn',
    'scsi',
    named(`<source><adapter type='fc_host' wwnn='1' wwpn='10000000c9831b4b'/></source>${target}`),
    1,
    'internal error: Malformed wwn: 1',
  ],
  [
    'with two secrets in one',
    'iscsi',
    named(
      `<source><host name='h'/><device path='i'/><auth type='chap' username='u'><secret usage='x' uuid='2ec115d7-3a88-3ceb-bc12-0ac909a6fd87'/></auth></source>${target}`,
    ),
    27,
    'XML error: either secret uuid or usage expected',
  ],
];

describe('a pool document is refused', () => {
  it.each(refusals)('%s', (_what, type, inner, code, message) => {
    expect(() => pool(type, inner)).toThrow(expect.objectContaining({ code, message }));
  });
});

it.each([
  ['<target><path>relative</path></target>', 92],
  [
    "<source><device path='/dev/sda'><freeExtent start='0' end='9'/></device></source><target><path>/dev</path></target>",
    0,
  ],
])('%s is held against the schema where that is asked for', (inner, code) => {
  const type = code === 0 ? 'disk' : 'dir';
  const parse = () => parseStoragePool(`<pool type='${type}'><name>p</name>${inner}</pool>`, { strict: true });
  if (code === 0) expect(parse().source?.device).toMatchObject([{ path: '/dev/sda' }]);
  else expect(parse).toThrow(expect.objectContaining({ code }));
});
