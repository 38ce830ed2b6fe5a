import { expect, test } from 'vitest';
import { readDocument } from '../reader/read-document.js';
import { formatElement, parseElement } from '../table/document.js';
import { element } from '../table/element.js';
import type { FieldsOf } from '../table/row.js';
import { withoutPrefix } from './raw-element.js';
import { raw } from './raw-row.js';
import { readRaw } from './read-raw.js';
import { writeRaw } from './write-raw.js';

const fields = { metadata: raw() };
interface Guest extends FieldsOf<typeof fields> {}
const guest = element<Guest>('guest', fields);
const again = (text: string): string => formatElement(guest, parseElement(guest, text));
const laidOut = (text: string): string => writeRaw(readRaw(readDocument(text).text, 0), '  ');

test('every element stands on a line of its own, unless text stands beside it', () => {
  expect(laidOut(`<a  x='1"' ><b><c> </c><d/>\n</b>\n<e>t<f><g/> <h/></f> </e></a>`)).toBe(
    `  <a x="1&quot;">
    <b>
      <c> </c>
      <d/>
    </b>
    <e>t<f><g/><h/></f> </e>
  </a>
`,
  );
});

test('text keeps its lines, comments and sections stay as they are', () => {
  expect(laidOut('<a><!-- <b> --><?i <c?><d>1\n 2</d><e><![CDATA[<f>&]]></e><g></g></a>')).toBe(
    `  <a>
    <!-- <b> -->
    <?i <c?>
    <d>1
 2</d>
    <e><![CDATA[<f>&]]></e>
    <g/>
  </a>
`,
  );
});

test('references are written where they are needed', () => {
  expect(laidOut(`<a b='&#10;&#65;>'>&#13;&#65;&apos;&gt;</a>`)).toBe('  <a b="&#10;A&gt;">&#13;A\'&gt;</a>\n');
});

test('declarations of prefixes that are used inside come along, others do not', () => {
  const text = `<guest xmlns:p='urn:p' xmlns:q='urn:q' xmlns:r='urn:r'><metadata><s:x xmlns:s='urn:s' p:y='1'>
    <i xmlns:q='urn:inner'><q:j/></i></s:x></metadata></guest>`;
  expect(again(text)).toBe(`<guest>
  <metadata xmlns:p="urn:p">
    <s:x xmlns:s="urn:s" p:y="1">
      <i xmlns:q="urn:inner">
        <q:j/>
      </i>
    </s:x>
  </metadata>
</guest>
`);
});

test('the first element of a namespace stays, those without one go', () => {
  const text = `<guest><metadata> text <a/><!-- c --><b xmlns='urn:b'/><p:c xmlns:p='urn:b'/><d xmlns=''/></metadata></guest>`;
  expect(again(text)).toBe('<guest>\n  <metadata>\n    <b xmlns="urn:b"/>\n  </metadata>\n</guest>\n');
  expect(again('<guest><metadata><a/></metadata></guest>')).toBe('<guest/>\n');
});

test('a prefix is given to names that have none, and taken off again', () => {
  const given = readRaw(`<a><b p='p:x'>p:b</b><q:c xmlns:q='u'/><!-- <p:d/> --><![CDATA[</p:e>]]></a>`, 0, {
    prefix: 'p',
  });
  expect(writeRaw(given, '')).toBe(
    '<p:a><p:b p="p:x">p:b</p:b><q:c xmlns:q="u"/><!-- <p:d/> --><![CDATA[</p:e>]]></p:a>\n',
  );
  const bare = withoutPrefix(given, 'p');
  expect(bare.name).toBe('a');
  expect(bare.content).toBe(`<b p="p:x">p:b</b><q:c xmlns:q="u"/><!-- <p:d/> --><![CDATA[</p:e>]]>`);
});

/** Milliseconds of CPU time, the best of three: another program may have the processor meanwhile. */
function cpuTime(count: number): number {
  const text = `<r>${'<a>b &lt; c</a><d>e</d>'.repeat(count)}${'<f>g</f>'.repeat(count)}</r>`;
  const times = [0, 1, 2].map(() => {
    const start = process.cpuUsage();
    readRaw(text, 0);
    return process.cpuUsage(start).user / 1000;
  });
  return Math.min(...times);
}

test('time grows no faster than the text', () => {
  cpuTime(2_000);
  expect(cpuTime(40_000) / Math.max(cpuTime(4_000), 2)).toBeLessThan(40);
});
