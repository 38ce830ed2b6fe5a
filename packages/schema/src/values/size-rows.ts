import {
  attributeOf,
  type BoundRow,
  childOf,
  type ReadContext,
  type Row,
  sizeInBytes,
  type SizeProblem,
  special,
  textOf,
  violated,
  type XmlNode,
} from '@virtkit/xml';
import { errorsFrom } from '../errors/virt-error.js';

const virtError = errorsFrom('NONE');
const xmlError = errorsFrom('XML');

const KIB = 1024n;

function sizeError(problem: SizeProblem, value: string, unit: string | undefined, where: string): Error {
  if (problem === 'unit') return virtError('INVALID_ARG', `unknown suffix '${unit ?? ''}'`);
  if (problem === 'overflow') return virtError('OVERFLOW', `value too large: ${value}${unit ?? ''}`);
  return xmlError('XML_ERROR', `Invalid value '${value}' for element or attribute '${where}'`);
}

/** Beyond 64 bits text isn't a number. */
const isTooLarge = (value: string): boolean =>
  /^\s*\+?\d{20,}/.test(value) && BigInt(value.trim().slice(0, 24)) > 18_446_744_073_709_551_615n;

/** Nor is it with blanks behind it. */
const isNoNumber = (value: string): boolean => /\s$/.test(value) || isTooLarge(value);

/** KiB of an amount in `unit`, rounded up. `where` is the path named in errors. */
export function kibibytes(value: string, unit: string | undefined, where: string): number {
  const bytes = isNoNumber(value) ? 'number' : sizeInBytes(value, unit === '' ? undefined : unit);
  if (typeof bytes === 'string') throw sizeError(bytes, value, unit, where);
  return Number((bytes + KIB - 1n) / KIB);
}

/** Amount and the largest unit that holds it without a fraction, as libvirt writes some of them. */
export function prettySize(kib: number): { readonly value: number; readonly unit: string } {
  const units = ['KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  let value = kib;
  let unit = 0;
  while (value > 0 && value % 1024 === 0 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return { value, unit: units[unit] as string };
}

const plainSize = (kib: number): { readonly value: number; readonly unit: string } => ({ value: kib, unit: 'KiB' });

const megabytes = (kib: number): { readonly value: number; readonly unit: string } => ({
  value: Math.floor(kib / 1024),
  unit: 'M',
});

const writerOf = (options: SizeOptions): typeof plainSize =>
  options.inMegabytes === true ? megabytes : options.pretty === true ? prettySize : plainSize;

export interface SizeOptions {
  readonly as?: string;
  /** Unit of a number without one; KiB unless given. */
  readonly unit?: string;
  /** Named in errors in place of `./NAME`. */
  readonly path?: string;
  /** 0 counts as absent. */
  readonly omitZero?: boolean;
  /** Absent it is an error. */
  readonly required?: boolean;
  /** Written in the largest unit without a fraction, or in whole `M`. */
  readonly pretty?: boolean;
  readonly inMegabytes?: boolean;
}

/** The schema's amounts are digits alone, in a unit it knows. */
function holdAgainstSchema(value: string, unit: string | undefined, node: XmlNode, context: ReadContext): void {
  const bytes = sizeInBytes(value, unit === '' ? undefined : unit);
  if (value.includes('+') || isTooLarge(value) || bytes === 'number' || bytes === 'unit') violated(node, context);
}

/** A child element holding an amount of memory: KiB in the object, `unit='KiB'` in the text. */
export function size(options: SizeOptions = {}): Row<number, true> {
  return special<number>((key) => {
    const name = options.as ?? key;
    return {
      read(node, target, context) {
        const child = childOf(node, name);
        const text = child === undefined ? '' : textOf(child);
        if (child !== undefined) holdAgainstSchema(text, attributeOf(child, 'unit'), child, context);
        if (child === undefined || text === '') {
          if (options.required !== true) return; // without text it is as good as absent
          throw xmlError('XML_ERROR', `missing element or attribute '${options.path ?? `./${name}`}'`);
        }
        const unit = attributeOf(child, 'unit') ?? options.unit;
        const value = kibibytes(text, unit, options.path ?? `./${name}`);
        if (value !== 0 || options.omitZero !== true) target[key] = value;
      },
      body(source, indent) {
        if (source[key] === undefined) return '';
        const { value, unit } = writerOf(options)(source[key] as number);
        return `${indent}<${name} unit='${unit}'>${value}</${name}>\n`;
      },
      known: () => ({ children: [[name, undefined]] }),
    };
  });
}

/** The element's own text as an amount of memory, with its attribute `unit`. */
export function sizeContent(path?: string): Row<number, true> {
  return special<number>((key) => ({
    read(node, target, context) {
      const [text, unit] = [textOf(node), attributeOf(node, 'unit')];
      holdAgainstSchema(text, unit, node, context);
      if (text !== '') target[key] = kibibytes(text, unit, path ?? `./${node.name}`);
    },
    ...unitAttribute(key, 'unit'),
    content: (source) => (source[key] === undefined ? undefined : String(source[key])),
  }));
}

const unitAttribute = (key: string, name: string): BoundRow => ({
  attributes: (source) => (source[key] === undefined ? '' : ` ${name}='KiB'`),
  known: () => ({ attributes: [name], text: true }),
});

export interface SizeAttributeOptions {
  readonly as?: string;
  readonly unit?: string;
  /** Absent it is an error. */
  readonly required?: boolean;
  /** Written in the largest unit without a fraction. */
  readonly pretty?: boolean;
}

/** An attribute holding an amount of memory, its unit in another attribute (`unit`). */
export function sizeAttr(options: SizeAttributeOptions = {}): Row<number, true> {
  return special<number>((key) => {
    const name = options.as ?? key;
    const unit = options.unit ?? 'unit';
    return {
      read(node, target, context) {
        const value = attributeOf(node, name);
        if (value !== undefined) {
          holdAgainstSchema(value, attributeOf(node, unit), node, context);
          target[key] = kibibytes(value, attributeOf(node, unit), `./@${name}`);
        } else if (options.required === true) throw xmlError('XML_ERROR', `missing element or attribute './@${name}'`);
      },
      attributes(source) {
        if (source[key] === undefined) return '';
        const written = (options.pretty === true ? prettySize : plainSize)(source[key] as number);
        return ` ${name}='${written.value}' ${unit}='${written.unit}'`;
      },
      known: () => ({ attributes: [name, unit] }),
    };
  });
}
