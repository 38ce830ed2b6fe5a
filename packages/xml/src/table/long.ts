import { PART } from '../pieces.js';
import type { XmlNode } from '../reader/node.js';

/** Entries of a list that is worth pieces. */
const MANY = 64;

/** Whether there is a list of many entries somewhere in a value: writing it takes its time. */
export function isLong(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.length > MANY || value.some(isLong);
  for (const key in value) if (isLong((value as Readonly<Record<string, unknown>>)[key])) return true;
  return false;
}

/** Whether reading an element takes its time. */
export const isLongElement = ({ start, end }: XmlNode): boolean => end - start > PART;
