import type { Pieces } from '@virtkit/xml';
import { beforeEach, expect, test } from 'vitest';
import { Slices } from './slices.js';

let time: number;
let log: string[];
let slices: Slices;
beforeEach(() => {
  time = 0;
  log = [];
  slices = new Slices(() => time);
});

/** Work of so many pieces of 3 ms each, so that two fill a slice. */
function* work(name: string, count: number): Pieces<string> {
  for (let at = 0; at < count; at += 1) {
    time += 3;
    log.push(name);
    yield;
  }
  return name;
}

test('what is short is done at once', () => {
  expect(slices.run(work('a', 1))).toBe('a');
});

test('long works get a slice in turns, one in each turn of the event loop', async () => {
  const both = Promise.all([slices.run(work('a', 6)), slices.run(work('b', 6))]);
  const others = (): void => {
    log.push('others');
    if (log.filter((entry) => entry !== 'others').length < 12) setImmediate(others);
  };
  setImmediate(others);
  expect(await both).toEqual(['a', 'b']);
  expect(log.slice(0, 6)).toEqual(['a', 'a', 'b', 'b', 'a', 'a']);
  expect(log.filter((entry) => entry === 'others').length).toBeGreaterThanOrEqual(4);
});

test('no more than two go on at a time, so that what they have read does not add up', async () => {
  const names = ['a', 'b', 'c', 'd'];
  await Promise.all(names.map((name) => slices.run(work(name, 12))));
  const afterFirstSlices = log.slice(2 * names.length);
  const firstEnd = Math.min(afterFirstSlices.lastIndexOf('a'), afterFirstSlices.lastIndexOf('b'));
  expect(afterFirstSlices.slice(0, firstEnd).join('')).toMatch(/^(?=.*ab|.*ba)[ab]+$/);
  expect(afterFirstSlices.filter((name) => name === 'd')).toHaveLength(10);
});

test('an error is the caller`s, at once or later', async () => {
  function* failing(count: number): Pieces<never> {
    yield* work('a', count);
    throw new Error('broken');
  }
  expect(() => slices.run(failing(0))).toThrow('broken');
  await expect(slices.run(failing(6))).rejects.toThrow('broken');
});

test('a caller that is gone ends the work', async () => {
  const abort = new AbortController();
  const running = slices.run(work('a', 1_000), abort.signal);
  abort.abort(new Error('gone'));
  await expect(running).rejects.toThrow('gone');
  expect(log.length).toBeLessThan(10);
});
