import { expect, test } from 'vitest';
import { cpuList, cpuMarks } from './cpu-map.js';

test.each([
  [[0b1], 1, '0', 'y'],
  [[0b1011], 4, '0-1,3', 'yy-y'],
  [[0xff, 0b1], 9, '0-8', 'yyyyyyyyy'],
  [[0xff], 2, '0-1', 'yy'],
  [[0], 3, '', '---'],
])('%j of %d is %s', (bytes, count, list, marks) => {
  const map = Uint8Array.from(bytes);
  expect([cpuList(map, count), cpuMarks(map, count)]).toEqual([list, marks]);
});
