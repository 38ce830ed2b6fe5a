import { expect, it } from 'vitest';
import { formatIndex, type IndexedFile, parseIndex } from './index-lines.js';

const file = (name: string): IndexedFile => ({
  name,
  uuid: '11111111-2222-4333-8444-555555555555',
  stamp: { size: 1301, mtimeMs: 1795768956477.4045, ctimeMs: 1795768956478.25, ino: 42 },
});
const files = [file('one'), file('with "quotes" and\ttab'), file('three')];

it('reads what it wrote, to the last digit', () => {
  expect(parseIndex(formatIndex(files))).toEqual(files);
});

it('leaves out a line that was cut off, and lines that are something else', () => {
  const text = formatIndex(files);
  expect(parseIndex(text.slice(0, -9))).toEqual(files.slice(0, 2));
  expect(parseIndex(`${text}{"name":"four"}\n["five"]\nnull\n`)).toEqual(files);
});

it('knows nothing of an index of another version', () => {
  expect(parseIndex(formatIndex(files).replace('index 2', 'index 1'))).toEqual([]);
});
