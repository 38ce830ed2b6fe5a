import { expect, test } from 'vitest';
import { nearest, suggestion } from './nearest.js';

const known = ['edit', 'list', 'start', 'domstate', 'domstats', 'vol-list'];

test.each([
  ['lsit', ['list']],
  ['lisst', ['list']],
  ['domstat', ['domstate', 'domstats']],
  ['vol', ['vol-list']],
  ['xyzzy', []],
  ['s', []],
])('%s may have meant %s', (word, found) => {
  expect(nearest(word, known)).toEqual(found);
});

test('what may have been meant is asked', () => {
  expect(suggestion('lsit', known)).toBe('; did you mean list?');
  expect(suggestion('domstat', known, (word) => `--${word}`)).toBe('; did you mean --domstate or --domstats?');
  expect(suggestion('xyzzy', known)).toBe('');
});
