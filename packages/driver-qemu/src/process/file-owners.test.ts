import { chmod, chown, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { giveFiles, ownersToChange, takeFilesBack } from './file-owners.js';

const root = process.getuid?.() === 0;
const user = { uid: 65534, gid: 65534 };
let folder = '';
let file = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vk-own-'));
  file = join(folder, 'disk');
  await writeFile(file, '');
});
afterEach(() => rm(folder, { recursive: true }));

test('a file QEMU may read already is left alone when it is only read', async () => {
  await chmod(file, 0o644);
  expect(await ownersToChange([{ path: file, writable: false }], user)).toEqual([]);
  expect(await ownersToChange([{ path: file, writable: true }], user)).toHaveLength(1);
  await chmod(file, 0o600);
  expect(await ownersToChange([{ path: file, writable: false }], user)).toHaveLength(1);
});

test('a file named twice changes hands once, and one that is missing not at all', async () => {
  await chmod(file, 0o600);
  const files = [
    { path: file, writable: false },
    { path: file, writable: true },
    { path: join(folder, 'none'), writable: true },
  ];
  expect(await ownersToChange(files, user)).toHaveLength(1);
});

test.skipIf(!root)('files go to QEMU and back, unless somebody else took them meanwhile (root is needed)', async () => {
  await chmod(file, 0o600);
  const owners = await ownersToChange([{ path: file, writable: true }], user);
  await giveFiles(owners, user);
  expect((await stat(file)).uid).toBe(65534);
  await takeFilesBack(owners, user);
  expect((await stat(file)).uid).toBe(0);
  await giveFiles(owners, user);
  await chown(file, 12345, 0);
  await takeFilesBack(owners, user);
  expect((await stat(file)).uid).toBe(12345);
});
