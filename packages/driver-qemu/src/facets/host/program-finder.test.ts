import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { programFinder } from './program-finder.js';

const path = process.env['PATH'];
afterEach(() => {
  process.env['PATH'] = path;
});

test('a program is looked up once, and again when one was installed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vk-path-'));
  process.env['PATH'] = folder;
  let looked = 0;
  const find = programFinder(async (name) => `${name} ${(looked += 1)}`);
  expect([await find('a'), await find('a')]).toEqual(['a 1', 'a 1']);
  await writeFile(join(folder, 'a'), '');
  await chmod(join(folder, 'a'), 0o755);
  expect(await find('a')).toBe('a 2');
  await rm(folder, { recursive: true });
});
