import type { Scalar } from '@virtkit/xml';
import { errorsFrom } from '../errors/virt-error.js';

const virtError = errorsFrom('NONE');
const domainError = errorsFrom('DOMAIN');

/** Highest number a set may hold, as in libvirt: checked before anything is allocated. */
const LARGEST = 16_383;

/** The numbers of a set written as `0-3,^2,7`, ascending; undefined for text that is none. */
export function parseNumberSet(text: string, largest = LARGEST): number[] | undefined {
  const numbers = new Set<number>();
  for (const part of text.split(',')) {
    const match = /^\s*(\^?)(\d+)(?:\s*-\s*(\d+))?\s*$/.exec(part);
    if (match === null || (match[1] === '^' && match[3] !== undefined)) return undefined;
    const first = Number(match[2]);
    const last = Number(match[3] ?? match[2]);
    if (last < first || last > largest) return undefined;
    for (let n = first; n <= last; n += 1) {
      if (match[1] === '^') numbers.delete(n);
      else numbers.add(n);
    }
  }
  return [...numbers].sort((a, b) => a - b);
}

/** A set of numbers in its canonical form: `0-3,7`. */
export function formatNumberSet(numbers: readonly number[]): string {
  const parts: string[] = [];
  for (let i = 0; i < numbers.length; ) {
    const first = numbers[i] as number;
    let last = first;
    for (i += 1; numbers[i] === last + 1; i += 1) last += 1;
    parts.push(first === last ? String(first) : `${first}-${last}`);
  }
  return parts.join(',');
}

/** Set of CPUs or nodes as text in canonical form; see `parseNumberSet` for its numbers. */
export const numberSet: Scalar<string> = {
  parse: (text) => {
    const numbers = parseNumberSet(text);
    return numbers === undefined ? undefined : formatNumberSet(numbers);
  },
  format: (value) => value,
};

/** A set that must name something; `name` is the attribute. */
export const filledSet = (name: string): Scalar<string> => ({
  parse(text) {
    const set = numberSet.parse(text);
    if (set === '') throw domainError('CONFIG_UNSUPPORTED', `Invalid value of '${name}': ${text}`);
    return set;
  },
  format: (value) => value,
});

/** libvirt's error for a set that can't be read. */
export const badNumberSet = (value: string): Error => virtError('INVALID_ARG', `Failed to parse bitmap '${value}'`);
