import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { GuestLog, logStamp } from './log-file.js';

let folder = '';
let log: GuestLog;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vk-log-'));
  log = new GuestLog(join(folder, 'g.log'));
});
afterEach(() => rm(folder, { recursive: true }));

test('a line carries the time as libvirt writes it', async () => {
  expect(logStamp(new Date('2026-11-26T05:54:05.772Z'))).toBe('2026-11-26 05:54:05.772+0000');
  const size = log.note('starting up');
  expect(size).toBe(await log.size());
  expect(await readFile(log.path, 'utf8')).toMatch(/^[0-9]{4}-[0-9-]{5} [0-9:.]{12}\+0000: starting up\n$/);
});

test('reads what was written since a place, also after the file was cut', async () => {
  await writeFile(log.path, 'old\n');
  const from = await log.size();
  await writeFile(log.path, 'old\nnew\n');
  expect(await log.since(from)).toBe('new\n');
  await writeFile(log.path, 'x\n');
  expect(await log.since(from)).toBe('x\n');
});

test('rotation copies, cuts and keeps three', async () => {
  for (const text of ['1', '2', '3', '4']) {
    await writeFile(log.path, text.repeat(20));
    expect(await log.rotate(10)).toBe(true);
  }
  expect(await log.size()).toBe(0);
  expect(await readFile(`${log.path}.0`, 'utf8')).toBe('4'.repeat(20));
  expect(await readFile(`${log.path}.2`, 'utf8')).toBe('2'.repeat(20));
  await expect(readFile(`${log.path}.3`)).rejects.toThrow();
  expect(await log.rotate(10)).toBe(false);
});
