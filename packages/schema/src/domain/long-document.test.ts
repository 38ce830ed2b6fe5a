import { formatElement, parseElement, type Pieces, readDocument } from '@virtkit/xml';
import { expect, test } from 'vitest';
import { domainPieces, domainTextPieces, opaque } from './document.js';
import { domain } from './domain.js';

const times = (count: number, make: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => make(at)).join('');
const text = `<domain type='qemu'><name>long</name><memory>1</memory><os><type>hvm</type></os>
  <metadata>${times(3_000, (at) => `<a:x xmlns:a='urn:${at % 7}' n='${at}'>text &amp; <b/></a:x>`)}<!-- end --></metadata>
  <cputune>${times(500, (at) => `<vcpupin vcpu='${at}' cpuset='0'/>`)}</cputune>
  <devices>${times(500, (at) => `<disk type='file'><source file='/d${at}'/><target dev='sd${at}'/></disk>`)}</devices>
  <devices><input type='tablet' bus='usb'/></devices>
  ${times(2_000, () => '<unknown/>')}</domain>`;

/** The result, and how often others got their turn. */
function counted<T>(pieces: Pieces<T>): { readonly value: T; readonly pauses: number } {
  for (let pauses = 0; ; pauses += 1) {
    const step = pieces.next();
    if (step.done === true) return { value: step.value, pauses };
  }
}

test('a long document means the same in pieces', () => {
  const { value, pauses } = counted(domainPieces(text));
  expect(value).toEqual(parseElement(domain, text));
  expect(pauses).toBeGreaterThan(1_000);
});

test('a long definition is written the same in pieces', () => {
  const definition = parseElement(domain, text);
  const { value, pauses } = counted(domainTextPieces(definition, { secure: true }));
  expect(value).toBe(formatElement(domain, definition, { secure: true }));
  expect(pauses).toBeGreaterThan(500);
});

test('what a long document is refused for is the same in pieces', () => {
  const broken = text.replace("type='tablet'", "type='nonsense'");
  const refusal = (read: () => unknown): unknown => {
    try {
      return read();
    } catch (error) {
      return error;
    }
  };
  const expected = refusal(() => parseElement(domain, broken));
  expect(expected).toBeInstanceOf(Error);
  expect(refusal(() => counted(domainPieces(broken)))).toEqual(expected);
});

test('content that is no matter of the tables becomes no nodes, and is read as strictly', () => {
  const metadata = readDocument(text, { opaque }).root.children.find(({ name }) => name === 'metadata');
  expect(metadata).toMatchObject({ children: [], text: '' });
  expect(text.slice(metadata?.start, metadata?.end)).toMatch(/^<metadata>.*<!-- end --><\/metadata>$/);
  expect(() => readDocument('<a><metadata><b></metadata></a>', { opaque })).toThrow(
    'Opening and ending tag mismatch: b',
  );
});
