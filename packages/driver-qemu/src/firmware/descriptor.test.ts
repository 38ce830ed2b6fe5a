import { expect, test } from 'vitest';
import { descriptorDocument, parseDescriptor } from './descriptor.js';

const text = JSON.stringify({
  description: 'UEFI',
  'interface-types': ['uefi'],
  mapping: {
    device: 'flash',
    executable: { filename: '/code.fd', format: 'raw' },
    'nvram-template': { filename: '/vars.fd', format: 'raw' },
  },
  targets: [{ architecture: 'i386', machines: ['pc-q35-*'] }],
  features: ['secure-boot', 'from-the-future'],
  tags: [],
});

test('a descriptor is read; features that no one knows are left out', () => {
  expect(parseDescriptor(text)).toMatchObject({
    interfaces: ['uefi'],
    mapping: { device: 'flash', mode: 'split', executable: { filename: '/code.fd' } },
    targets: [{ architecture: 'i686', machines: ['pc-q35-*'] }],
    features: ['secure-boot'],
  });
});

test('what is written is read as the same', () => {
  const descriptor = parseDescriptor(text);
  if (descriptor === undefined) throw new Error('not read');
  expect(parseDescriptor(JSON.stringify(descriptorDocument(descriptor)))).toEqual(descriptor);
});

test.each(['', '{', '[]', '{}', 'null'])('%j is no descriptor', (other) => {
  expect(parseDescriptor(other)).toBeUndefined();
});
