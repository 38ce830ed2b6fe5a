import { describe, expect, test } from 'vitest';
import { XmlError } from '../xml-error.js';
import { childOf } from './node.js';
import { readDocument } from './read-document.js';

const messageOf = (text: string | Uint8Array): string => {
  try {
    readDocument(text);
  } catch (error) {
    return error instanceof XmlError ? error.message : `unexpected ${String(error)}`;
  }
  return 'accepted';
};

const caret = (line: number, message: string, text: string, column: number): string =>
  `at line ${line}: ${message}\n${text}\n${'-'.repeat(column)}^`;

/** Texts and what libvirt 11.3 says of them. */
const refused: readonly (readonly [string, string])[] = [
  ['<domain>\n<name>x</name\n</domain>\n', caret(3, "expected '>'", '</domain>', 0)],
  [
    '<domain type="qemu">\n<name>x</nam>\n</domain>\n',
    caret(2, 'Opening and ending tag mismatch: name line 2 and nam', '<name>x</nam>', 13),
  ],
  [
    '<domain type="qemu">\n<name>x</name>\n',
    caret(3, 'Premature end of data in tag domain line 1', '<name>x</name>', 14),
  ],
  ['hello', caret(1, "Start tag expected, '<' not found", 'hello', 0)],
  [
    '<d type="qemu" type="kvm"><n/></d>',
    caret(1, 'Attribute type redefined', '<d type="qemu" type="kvm"><n/></d>', 25),
  ],
  ['<domain type=qemu></domain>', caret(1, 'AttValue: " or \' expected', '<domain type=qemu></domain>', 13)],
  ['<d>&foo;</d>', caret(1, "Entity 'foo' not defined", '<d>&foo;</d>', 8)],
  ['<d>x\u0001</d>', caret(1, 'PCDATA invalid Char value 1', '<d>x\u0001</d>', 4)],
  ['<d><n>x</n></d><a/>', caret(1, 'Extra content at the end of the document', '<d><n>x</n></d><a/>', 15)],
  ['<d>x & y</d>', caret(1, 'xmlParseEntityRef: no name', '<d>x & y</d>', 6)],
  ['<d a="<">x</d>', caret(1, "Unescaped '<' not allowed in attributes values", '<d a="<">x</d>', 6)],
  ['<d><!-- a -- b --></d>', caret(1, 'Double hyphen within comment: <!-- a ', '<d><!-- a -- b --></d>', 10)],
  ['<d><!-- a ', caret(1, 'Comment not terminated', '<d><!-- a ', 10)],
  ['<d>x &#0; </d>', caret(1, 'xmlParseCharRef: invalid xmlChar value 0', '<d>x &#0; </d>', 9)],
  ['<d>x ]]> </d>', caret(1, "Sequence ']]>' not allowed in content", '<d>x ]]> </d>', 3)],
  ['<d><n>x', caret(1, 'Premature end of data in tag n line 1', '<d><n>x', 7)],
  ['<d><na me>x</na></d>', caret(1, 'Specification mandates value for attribute me', '<d><na me>x</na></d>', 9)],
  ['<domain type="qemu', caret(1, "AttValue: ' expected", '<domain type="qemu', 18)],
  ['<domain type="qemu"name="x"/>', caret(1, 'attributes construct error', '<domain type="qemu"name="x"/>', 19)],
  ['   \n ', caret(2, "Start tag expected, '<' not found", ' ', 1)],
  [
    '\n<?xml version="1.0"?><d/>',
    caret(2, 'XML declaration allowed only at the start of the document', '<?xml version="1.0"?><d/>', 5),
  ],
  ['<a', caret(1, "Couldn't find end of Start Tag a line 1", '<a', 2)],
  ['<d>\n\t<n>y<</n></d>', 'at line 2: StartTag: invalid element name\n\t<n>y<</n></d>\n\t-----^'],
];

describe('texts that are not well-formed', () => {
  test.each(refused)('%j is refused as libvirt refuses it', (text, message) => {
    expect(messageOf(text)).toBe(message);
  });

  test('bytes that are not UTF-8 are named', () => {
    const bytes = Buffer.concat([Buffer.from('<d>'), Buffer.from([0xff]), Buffer.from('</d>')]);
    expect(messageOf(bytes)).toContain(
      'Input is not proper UTF-8, indicate encoding !\nBytes: 0xFF 0x3C 0x2F 0x64\n<d>',
    );
  });

  test('any document type is refused', () => {
    expect(messageOf('<!DOCTYPE d><d/>')).toContain('document type declarations are not supported');
    expect(messageOf('<?xml version="1.0"?>\n<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>')).toContain(
      'at line 2: document type',
    );
    expect(messageOf('<d><!DOCTYPE d></d>')).toContain('StartTag: invalid element name');
  });

  test('an error carries libvirt number, line and column', () => {
    try {
      readDocument('<a>\n  <b></c></a>', { origin: 20 });
    } catch (error) {
      expect(error).toMatchObject({ code: 35, origin: 20, format: '%s', position: { line: 2, column: 10 } });
      return;
    }
    expect.unreachable();
  });

  test('a file is named in place of "at line"', () => {
    expect(() => readDocument('<dom\n', { file: 'x.xml' })).toThrow(
      "x.xml:2: Couldn't find end of Start Tag dom line 1\n<dom\n----^",
    );
  });
});

describe('what is read', () => {
  test('attributes, text, entities and CDATA', () => {
    const { root } = readDocument(
      '<?xml version="1.0" encoding="UTF-8"?><!-- c --><a x="1 &lt; 2" y=\'a\tb\'>t<!-- no -->&#x41;<![CDATA[<&]]><b/></a>\n',
    );
    expect(root).toMatchObject({ name: 'a', attributes: ['x', '1 < 2', 'y', 'a b'], text: 'tA<&' });
    expect(root.children.map(({ name }) => name)).toEqual(['b']);
  });

  test('blanks between elements are no text, blanks alone in an element are', () => {
    const { root } = readDocument('<a>\n  <b>  </b>\n</a>');
    expect(root.text).toBe('');
    expect(childOf(root, 'b')?.text).toBe('  ');
  });

  test('namespaces become part of the name; an undeclared prefix stays', () => {
    const { root } = readDocument('<a xmlns:q="urn:q"><q:b/><c xmlns="urn:c"><d/></c><x:e/></a>');
    expect(root.children.map(({ name }) => name)).toEqual(['{urn:q}b', '{urn:c}c', 'x:e']);
    expect(root.children[1]?.children[0]?.name).toBe('{urn:c}d');
    expect(root.attributes).toEqual([]);
  });
});
