import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Numbers } from './numbers.js';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'virtkit-numbers-'));
  path = join(folder, 'run', '.last-number');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const loaded = (): Numbers => {
  const numbers = new Numbers(path);
  numbers.load();
  return numbers;
};

test('numbers go on after a restart', () => {
  const numbers = loaded();
  expect([numbers.next(), numbers.next()]).toEqual([1, 2]);
  expect(loaded().next()).toBe(3);
});

test('the file is written over, never anew: that needs no room', () => {
  const numbers = loaded();
  numbers.next();
  const { ino } = statSync(path);
  for (let i = 0; i < 20; i += 1) numbers.next();
  expect(statSync(path).ino).toBe(ino);
  expect(readFileSync(path, 'utf8')).toBe('21');
});

test('what was in the file besides does not stay', () => {
  mkdirSync(join(folder, 'run'));
  writeFileSync(path, 'nonsense');
  expect(loaded().next()).toBe(1);
  expect(readFileSync(path, 'utf8')).toBe('1');
});

test('a file that cannot be written is no reason to refuse', () => {
  writeFileSync(join(folder, 'run'), 'no folder');
  expect(loaded().next()).toBe(1);
  expect(existsSync(path)).toBe(false);
});
