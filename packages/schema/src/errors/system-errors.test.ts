import { stat } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { errnoOf, systemErrorsFrom, systemWords } from './system-errors.js';

test('a failed call ends the message in the words of the C library', async () => {
  const cause = await stat('/dev/null/below').catch((error: unknown) => error);
  expect(errnoOf(cause)).toBe('ENOTDIR');
  const error = systemErrorsFrom('STORAGE')("cannot open directory '/dev/null/below'", cause);
  expect(error).toMatchObject({ code: 38, cause });
  expect(error.message).toBe("cannot open directory '/dev/null/below': Not a directory");
});

test('a number without words is named, another error says its own', () => {
  expect(systemWords(Object.assign(new Error('odd'), { code: 'EODD' }))).toBe('EODD');
  expect(systemWords(new Error('odd'))).toBe('odd');
  expect(systemWords('odd')).toBe('odd');
});
