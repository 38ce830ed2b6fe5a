import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AutostartOnce } from './autostart-once.js';

const folderOf = () => mkdtemp(join(tmpdir(), 'vk-once-'));

test('what was set is there after a restart, also under a new name', async () => {
  const folder = await folderOf();
  const first = new AutostartOnce(folder);
  await first.set('a', true);
  await first.set('b', true);
  await first.set('b', false);
  await first.rename('a', 'c');
  const again = new AutostartOnce(folder);
  await again.load(() => true);
  expect(['a', 'b', 'c'].map((name) => again.has(name))).toEqual([false, false, true]);
});

test('links to guests that are gone are removed', async () => {
  const folder = await folderOf();
  await new AutostartOnce(folder).set('a', true);
  const again = new AutostartOnce(folder);
  await again.load(() => false);
  expect(again.has('a')).toBe(false);
  expect(await readdir(join(folder, 'autostart'))).toEqual([]);
});
