import { appendFileSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scanDirectory } from './scan-directory.js';
import { SeenFiles } from './seen-files.js';

const { signal } = new AbortController();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'virtkit-seen-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const sizes = async (seen: SeenFiles) =>
  (await scanDirectory(folder, signal, seen)).map(({ name, capacity }) => [name, capacity]);

describe('a file seen before', () => {
  it('is read again when it changed, whatever its time says', async () => {
    const path = join(folder, 'a');
    writeFileSync(path, 'x');
    await delay(1_100);
    const seen = new SeenFiles();
    expect(await sizes(seen)).toEqual([['a', 1n]]);
    appendFileSync(path, 'y');
    utimesSync(path, 1, 1);
    expect(await sizes(seen)).toEqual([['a', 2n]]);
  });

  it('just written is not trusted', async () => {
    writeFileSync(join(folder, 'a'), 'x');
    const seen = new SeenFiles();
    await sizes(seen);
    expect(seen.unchanged(join(folder, 'a'), 'a')).toBeUndefined();
  });

  it('is the same volume when nothing changed, and forgotten when it is gone', async () => {
    const path = join(folder, 'a');
    writeFileSync(path, 'x');
    await delay(1_100);
    const seen = new SeenFiles();
    const [first] = await scanDirectory(folder, signal, seen);
    expect((await scanDirectory(folder, signal, seen))[0]).toBe(first);
    rmSync(path);
    expect(await sizes(seen)).toEqual([]);
  });
});
