import { describe, expect, test } from 'vitest';
import { XmlError } from '../xml-error.js';
import { readDocument } from './read-document.js';

const MEGABYTE = 1_000_000;

/** Reads and gives the error's position; undefined where the text was accepted. */
function refusal(text: string): XmlError | undefined {
  try {
    readDocument(text);
    return undefined;
  } catch (error) {
    if (error instanceof XmlError) return error;
    throw error;
  }
}

/** Milliseconds of CPU time, the best of three: another program may have the processor meanwhile. */
function cpuTime(text: string): number {
  const times = [0, 1, 2].map(() => {
    const start = process.cpuUsage();
    refusal(text);
    return process.cpuUsage(start).user / 1000;
  });
  return Math.min(...times);
}

const megabytesOf = (unit: string, megabytes: number): string =>
  unit.repeat(Math.ceil((megabytes * MEGABYTE) / unit.length));

/** Elements inside each other, of so many attributes each. */
function nested(megabytes: number, depth: number, attribute: (at: number) => string): string {
  const count = Math.floor((megabytes * MEGABYTE) / depth / attribute(99_999).length);
  const tags = Array.from(
    { length: depth },
    (_, level) => `<a ${Array.from({ length: count }, (_, at) => attribute(level * count + at)).join('')}>`,
  );
  return tags.join('') + '</a>'.repeat(depth);
}

const shapes: readonly (readonly [string, (megabytes: number) => string])[] = [
  ['deep elements', (n) => megabytesOf('<a>', n)],
  ['flat empty elements', (n) => `<r>${megabytesOf('<a/>', n)}</r>`],
  ['elements with attributes', (n) => `<r>${megabytesOf("<a b='1' c='2'>t</a>", n)}</r>`],
  ['one long text', (n) => `<r>${megabytesOf('x', n)}</r>`],
  ['one long text with references', (n) => `<r>${megabytesOf('&amp;', n)}</r>`],
  ['one long attribute', (n) => `<r a='${megabytesOf('x', n)}'/>`],
  ['one long attribute with references', (n) => `<r a='${megabytesOf('&lt;', n)}'/>`],
  ['blanks', (n) => `<r>${megabytesOf(' \n', n)}</r>`],
  ['text broken by comments', (n) => `<r>${megabytesOf('a<!-- -->', n)}</r>`],
  ['CDATA sections', (n) => `<r>${megabytesOf('<![CDATA[x]]>', n)}</r>`],
  ['an unterminated comment', (n) => `<r><!-- ${megabytesOf('x -', n)}`],
  ['an unterminated attribute', (n) => `<r a="${megabytesOf('x ', n)}`],
  ['ampersands alone', (n) => `<r>${megabytesOf('&', n)}</r>`],
  ['opening brackets', (n) => `<r>${megabytesOf('<', n)}`],
  ['many attributes', (n) => `<r ${megabytesOf('a ', n)}`],
  ['carriage returns', (n) => `<r>${megabytesOf('\r', n)}</r>`],
  ['a long name', (n) => `<${megabytesOf('n', n)}`],
  ['declarations on every level', (n) => nested(n, 200, (at) => `xmlns:p${at}='u' `)],
  ['many namespaces', (n) => `<r>${megabytesOf("<a xmlns:b='c'/>", n)}</r>`],
];

describe('hostile documents', () => {
  test.each(shapes)('%s: time grows no faster than the text', (_name, make) => {
    const [small, large] = [make(0.5), make(4)];
    refusal(small);
    const factor = cpuTime(large) / Math.max(cpuTime(small), 2);
    expect(factor).toBeLessThan(4 * (large.length / small.length));
  });

  test('fifty thousand attributes are refused with line and column', () => {
    const attributes = Array.from({ length: 50_000 }, (_, i) => `a${i}='1'`).join(' ');
    expect(refusal(`<r>\n<x ${attributes}/></r>`)?.position).toMatchObject({ line: 2 });
  });

  test('depth is refused before the stack is in danger', () => {
    expect(refusal('<a>'.repeat(300))?.message).toContain('Excessive depth in document: 256');
  });

  test('too many elements are refused', () => {
    expect(refusal(`<r>${'<a/>'.repeat(300_000)}</r>`)?.message).toContain('Excessive number of elements');
  });

  test('a text over the limit is refused unread', () => {
    expect(refusal(`<r>${'x'.repeat(17_000_000)}</r>`)?.message).toContain('over the limit');
  });

  test('encodings that are not the text itself are refused', () => {
    expect(refusal('<?xml version="1.0" encoding="UTF-16"?><r/>')?.message).toContain('Unsupported encoding UTF-16');
    expect(refusal('<?xml version="1.0" encoding="EBCDIC"?><r/>')?.position).toEqual({ line: 1, column: 38 });
  });

  test('four megabytes of elements cost at most 128 MB', () => {
    const text = `<r>${"<a b='c'>text</a>".repeat(235_000)}</r>`;
    const before = process.memoryUsage().heapUsed;
    const { root } = readDocument(text);
    const grown = process.memoryUsage().heapUsed - before;
    expect(root.children).toHaveLength(235_000);
    expect(grown).toBeLessThan(128 * 1024 * 1024);
  });
});
