import { attributeOf, childOf, type Row, special, textOf, unitBytes, type XmlNode } from '@virtkit/xml';
import { commonError, storageError } from './errors.js';

export interface SizeOptions {
  /** Raised for text that is no number. */
  readonly malformed?: (value: string) => Error;
  /** Unit written. */
  readonly unit?: string;
}

/** `<capacity unit='GiB'>5</capacity>`: bytes inside, bytes written. A missing or empty element leaves the field out. */
export const byteSize = (options: SizeOptions = {}): Row<bigint, true> =>
  special<bigint>((key) => ({
    read(node, target) {
      const child = childOf(node, key);
      const value = child === undefined ? '' : textOf(child);
      if (child !== undefined && value !== '') target[key] = parseSize(child, value, options);
    },
    body(source, indent) {
      const value = source[key] as bigint | undefined;
      return value === undefined ? '' : `${indent}<${key} unit='${options.unit ?? 'bytes'}'>${value}</${key}>\n`;
    },
    known: () => ({ children: [[key, undefined]] }),
  }));

const largest = 2n ** 64n - 1n;
/** Blanks, a sign, zeros, and at most twenty digits: more are no 64-bit number, and are not converted. */
const number = /^\s*\+?0*([0-9]{1,20})$/;

/** Reads an element's text in its unit. Throws libvirt's errors for a wrong number, an unknown unit, an overflow. */
function parseSize(node: XmlNode, value: string, options: SizeOptions): bigint {
  const digits = number.exec(value)?.[1];
  const count = digits === undefined ? undefined : BigInt(digits);
  if (count === undefined || count > largest)
    throw options.malformed?.(value) ?? storageError('XML_ERROR', 'malformed capacity element');
  const unit = attributeOf(node, 'unit') ?? '';
  const factor = unitBytes(unit === '' ? 'bytes' : unit);
  if (factor === undefined) throw commonError('INVALID_ARG', `unknown suffix '${unit}'`);
  // libvirt takes the largest value itself for too large.
  if (count >= largest / BigInt(factor)) throw commonError('OVERFLOW', `value too large: ${value.trim()}${unit}`);
  return count * BigInt(factor);
}
