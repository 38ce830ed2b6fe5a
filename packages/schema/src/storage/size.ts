import { attributeOf, childOf, type Row, sizeInBytes, special, textOf, unitBytes, type XmlNode } from '@virtkit/xml';
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

/** Reads an element's text in its unit. Throws libvirt's errors for a wrong number, an unknown unit, an overflow. */
export function parseSize(node: XmlNode, value: string, options: SizeOptions): bigint {
  const unit = attributeOf(node, 'unit');
  if (!/^\s*\+?[0-9]+$/.test(value))
    throw options.malformed?.(value) ?? storageError('XML_ERROR', 'malformed capacity element');
  if (unit !== undefined && unitBytes(unit) === undefined) throw commonError('INVALID_ARG', `unknown suffix '${unit}'`);
  const bytes = sizeInBytes(value, unit, 'bytes');
  if (typeof bytes === 'bigint') return bytes;
  throw commonError('OVERFLOW', `value too large: ${value.trim()}${unit ?? 'bytes'}`);
}
