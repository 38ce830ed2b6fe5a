import { expect, test } from 'vitest';
import { definitionOf, guest } from '../../test/definition-of.js';
import { checkSecrets } from './secrets.js';

const uuid = '0a81f5b2-8403-7b23-c8d6-21ccc2f80d6f';
const none = { peer: () => Promise.resolve(undefined) };
const check = (devices: string): Promise<void> => checkSecrets(none, definitionOf(guest('pc', devices)));

const source = (inner: string): string =>
  `<disk type='network'><driver name='qemu' type='raw'/><source protocol='rbd' name='a/b'><host name='h'/>${inner}</source><target dev='vda' bus='virtio'/></disk>`;
const missing = `Secret not found: no secret with matching uuid '${uuid}'`;

test('a disk whose secret is not there is refused, whether it opens the server or the image', async () => {
  await expect(check(source(`<auth username='me'><secret type='ceph' uuid='${uuid}'/></auth>`))).rejects.toThrow(
    missing,
  );
  await expect(
    check(source(`<encryption format='luks'><secret type='passphrase' uuid='${uuid}'/></encryption>`)),
  ).rejects.toThrow(missing);
  await expect(check(source(`<auth username='me'><secret type='ceph' usage='u'/></auth>`))).rejects.toThrow(
    "no secret with matching usage 'u'",
  );
});

test('secrets of backing images count, those nothing asks for do not', async () => {
  const below = `<backingStore type='file'><format type='raw'/><source file='/b'><encryption format='luks'><secret type='passphrase' uuid='${uuid}'/></encryption></source></backingStore>`;
  const file = (inner: string): string =>
    `<disk type='file'><driver name='qemu' type='qcow2'/><source file='/a'/>${inner}<target dev='vda' bus='virtio'/></disk>`;
  await expect(check(file(below))).rejects.toThrow(missing);
  await check(file(`<auth username='me'><secret type='iscsi' uuid='${uuid}'/></auth>`));
});
