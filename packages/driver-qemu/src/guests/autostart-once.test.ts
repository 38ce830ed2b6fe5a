import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AutostartOnce } from './autostart-once.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vk-once-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('what was set is there after a restart, also under a new name', async () => {
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
  await new AutostartOnce(folder).set('a', true);
  const again = new AutostartOnce(folder);
  await again.load(() => false);
  expect(again.has('a')).toBe(false);
  expect(await readdir(join(folder, 'autostart'))).toEqual([]);
});
