import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DocumentMemo, stampOf } from './document-memo.js';

test('a document is made again only when its stamp differs', async () => {
  const memo = new DocumentMemo();
  let made = 0;
  const make = async (): Promise<string> => `document ${(made += 1)}`;
  expect(await memo.of('a', '1', make)).toBe('document 1');
  expect(await memo.of('a', '1', make)).toBe('document 1');
  expect(await memo.of('a', '2', make)).toBe('document 2');
});

test('a document that could not be made is tried again', async () => {
  const memo = new DocumentMemo();
  await expect(memo.of('a', '1', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await memo.of('a', '1', async () => 'yes')).toBe('yes');
});

test('the oldest documents leave', async () => {
  const memo = new DocumentMemo(1);
  await memo.of('a', '1', async () => 'a');
  await memo.of('b', '1', async () => 'b');
  expect(await memo.of('a', '1', async () => 'again')).toBe('again');
});

test('a stamp changes with a file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vk-memo-'));
  const file = join(folder, 'f');
  const absent = stampOf([file]);
  await writeFile(file, 'x');
  expect(stampOf([file])).not.toBe(absent);
  await rm(folder, { recursive: true });
});

test('a folder that may not be entered counts as absent', () => {
  expect(stampOf(['/etc/passwd/bin'])).toBe('/etc/passwd/bin');
});
