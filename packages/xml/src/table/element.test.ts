import { describe, expect, test } from 'vitest';
import { attr, optAttr } from './attribute-rows.js';
import { child, list, optChild, wrapped } from './child-rows.js';
import { checkElement, formatElement, parseElement } from './document.js';
import { element } from './element.js';
import { namespaces, place } from './extension-rows.js';
import { only } from './modal-rows.js';
import type { FieldsOf, VariantsOf } from './row.js';
import { oneOf, onOff, text, uint, yesNo } from './scalar.js';
import { flag, optText, textChild } from './text-rows.js';
import { lifted, union } from './union.js';
import { within } from './within.js';

const wheelRows = { size: attr(uint()), spare: optAttr(yesNo) };
interface Wheel extends FieldsOf<typeof wheelRows> {}
const wheel = element<Wheel>('wheel', wheelRows);

const engineKinds = { petrol: { litres: attr(uint()) }, electric: { volts: optAttr(uint()) } };
type Engine = VariantsOf<'type', typeof engineKinds>;
const engine = union<Engine>('engine', 'type', engineKinds);

const plugKinds = { wall: within('plug', { socket: optAttr(text) }), none: {} };
type Plug = VariantsOf<'type', typeof plugKinds>;
const plug = lifted<Plug>('plug', 'type', plugKinds);

const extras = namespaces('extras');
const carRows = {
  color: attr(oneOf('red', 'blue')),
  plug: plug.tag,
  name: textChild(text),
  note: optText(text),
  engine: child(engine),
  spare: optChild(element<Wheel>('spare', wheelRows)),
  wheels: list(wheel),
  lamps: wrapped('lamps', element<{ on: boolean }>('lamp', { on: attr(onOff) })),
  sold: flag(),
  plate: only('live', optText(text)),
  $plug: plug.body,
  status: place('car'),
  extras: extras.values,
  $extras: extras.body,
};
interface Car extends FieldsOf<typeof carRows> {}
const car = element<Car>('car', carRows);

const full = `<car color='red' type='wall'>
  <name>A &amp; B</name>
  <note>old</note>
  <engine type='petrol' litres='2'/>
  <spare size='14'/>
  <wheel size='15'/>
  <wheel size='16' spare='yes'/>
  <lamps>
    <lamp on='on'/>
  </lamps>
  <sold/>
  <plug socket='C'/>
</car>
`;
const small = (inside: string, attributes = "color='red' type='none'"): string =>
  `<car ${attributes}><name>x</name><engine type='electric'/>${inside}</car>`;
const failureOf = (run: () => unknown): string => {
  try {
    run();
    return 'accepted';
  } catch (error) {
    return (error as Error).message;
  }
};

describe('one table', () => {
  test('reads an object', () => {
    expect(parseElement(car, full)).toMatchObject({
      color: 'red',
      plug: { type: 'wall', socket: 'C' },
      name: 'A & B',
      engine: { type: 'petrol', litres: 2 },
      spare: { size: 14 },
      wheels: [{ size: 15 }, { size: 16, spare: true }],
      lamps: [{ on: true }],
      sold: true,
    });
  });

  test('writes it back to the same text', () => {
    expect(formatElement(car, parseElement(car, full))).toBe(full);
  });

  test('has no fields for what is absent, but empty lists', () => {
    const read = parseElement(car, small(''));
    expect(read.note).toBeUndefined();
    expect(read.lamps).toBeUndefined();
    expect(read.wheels).toEqual([]);
  });

  test('reads and writes rows of a mode in that mode alone', () => {
    const running = small('<plate>K 1</plate>');
    expect(parseElement(car, running).plate).toBeUndefined();
    const read = parseElement(car, running, { live: true });
    expect(read.plate).toBe('K 1');
    expect(formatElement(car, read)).not.toContain('plate');
    expect(formatElement(car, read, { live: true })).toContain('<plate>K 1</plate>');
  });

  test('names what it does not know, with the line', () => {
    expect(checkElement(car, full)).toEqual([]);
    expect(checkElement(car, small("\n<wheel size='1' shape='round'/>\n<wing/>"))).toEqual([
      { text: 'Invalid attribute shape for element wheel', line: 2 },
      { text: 'Element car has extra content: wing', line: 3 },
    ]);
  });

  test.each([
    [small('', "color='green' type='none'"), "Invalid value for attribute 'color' in element 'car': 'green'."],
    [small('', "type='none'"), "Missing required attribute 'color' in element 'car'"],
    [
      small("<wheel size='-1'/>"),
      "Invalid value for attribute 'size' in element 'wheel': '-1'. Expected non-negative integer value",
    ],
    [
      small("<wheel size='99999999999'/>"),
      "Invalid value for attribute 'size' in element 'wheel': '99999999999'. Expected non-negative integer value",
    ],
    ['<van/>', "expecting root element of 'car', not 'van'"],
  ])('refuses %s as libvirt does', (document, message) => {
    expect(failureOf(() => parseElement(car, document))).toBe(`XML error: ${message}`);
  });

  test.each(['a\tb', 'a\nb', 'a&b', "a'b"])('writes an attribute so that it is read the same: %j', (plate) => {
    const shape = element<{ plate: string }>('van', { plate: attr(text) });
    const written = formatElement(shape, { plate });
    expect(parseElement(shape, written)).toEqual({ plate });
    expect(formatElement(shape, parseElement(shape, written))).toBe(written);
  });

  test('names an element that stands there twice', () => {
    const twice = element<{ lamp?: string | undefined; wheels: Wheel[] }>('van', {
      lamp: optText(text),
      wheels: list(wheel),
    });
    const found = checkElement(twice, "<van><wheel size='1'/><wheel size='2'/><lamp>a</lamp><lamp>b</lamp></van>");
    expect(found.map((problem) => problem.text)).toEqual(['Element van has extra content: lamp']);
  });

  test('records the rows a document exercises', () => {
    const coverage = { read: new Set<string>(), written: new Set<string>() };
    formatElement(car, parseElement(car, full, { coverage }), { coverage });
    for (const rows of [coverage.read, coverage.written]) {
      expect([...rows]).toEqual(expect.arrayContaining(['car.color', 'wheel.spare', 'lamp.on']));
      expect(rows.has('car.plate')).toBe(false);
    }
  });
});
