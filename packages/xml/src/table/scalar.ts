/** A value written as text. `parse` gives undefined for text it doesn't accept. */
export interface Scalar<T> {
  parse(text: string): T | undefined;
  format(value: T): string;
  /** What is said behind a refused value, from the value on: `'x'.` unless given. */
  explain?(text: string): string;
  /** False for text that is read although the published schema forbids it; a strict reading refuses it. */
  allowed?(text: string): boolean;
}

/** Strings of this length or more are slices that keep the whole document alive; shorter ones are copied anyway. */
const SLICE_LENGTH = 13;

/** The same text in memory of its own. */
export const detached = (value: string): string =>
  value.length < SLICE_LENGTH ? value : Buffer.from(value, 'utf16le').toString('utf16le');

/** Any text. */
export const text: Scalar<string> = { parse: detached, format: (value) => value };

/** Text that isn't empty; empty text counts as refused. */
export const nonEmpty: Scalar<string> = {
  parse: (value) => (value === '' ? undefined : detached(value)),
  format: (value) => value,
};

/** Text the published schema wants to match `pattern`, though any is read. */
export const matching = (pattern: RegExp): Scalar<string> => ({ ...text, allowed: (value) => pattern.test(value) });

/** One of these words. */
export function oneOf<const V extends readonly string[]>(...values: V): Scalar<V[number]> {
  const known = new Map<string, V[number]>(values.map((value) => [value, value]));
  return { parse: (value) => known.get(value), format: (value) => value };
}

const flagScalar = (on: string, off: string): Scalar<boolean> => ({
  parse: (value) => (value === on ? true : value === off ? false : undefined),
  format: (value) => (value ? on : off),
});

export const yesNo: Scalar<boolean> = flagScalar('yes', 'no');
export const onOff: Scalar<boolean> = flagScalar('on', 'off');

const UINT_MAX = 4_294_967_295;
const INT_MAX = 2_147_483_647;
const decimal = /^[ \t\n\v\f\r]*\+?([0-9]+)$/;
const signed = /^[ \t\n\v\f\r]*([+-]?[0-9]+)$/;
const anyBase = /^[ \t\n\v\f\r]*\+?(?:0[xX]([0-9a-fA-F]+)|0([0-7]*)|([1-9][0-9]*))$/;

export interface UintOptions {
  readonly min?: number;
  readonly max?: number;
  /** Hexadecimal and octal text is read too. */
  readonly anyBase?: boolean;
}

const expectUint = (value: string): string => `'${value}'. Expected non-negative integer value`;

function parseUint(value: string, options: UintOptions, max: number): number | undefined {
  const number = options.anyBase === true ? parseAnyBase(value) : Number(decimal.exec(value)?.[1] ?? Number.NaN);
  return number <= max && number >= (options.min ?? 0) ? number : undefined;
}

function parseAnyBase(value: string): number {
  const match = anyBase.exec(value);
  if (match === null) return Number.NaN;
  if (match[1] !== undefined) return Number.parseInt(match[1], 16);
  return match[3] !== undefined ? Number(match[3]) : Number.parseInt(`0${match[2] ?? ''}`, 8);
}

const explainUint =
  (options: UintOptions) =>
  (value: string): string =>
    options.min === 1 && parseUint(value, { ...options, min: 0 }, UINT_MAX) === 0
      ? 'Zero is not permitted'
      : expectUint(value);

/** The published schemas know no sign. */
const isUnsigned = (value: string): boolean => !value.includes('+');

/** Unsigned, 32 bits unless `max` says less. */
export function uint(options: UintOptions = {}): Scalar<number> {
  const max = options.max ?? UINT_MAX;
  return {
    parse: (value) => parseUint(value, options, max),
    format: String,
    explain: explainUint(options),
    allowed: isUnsigned,
  };
}

/** Unsigned, up to 2^53 - 1; larger numbers are refused. */
export const uint53 = (options: UintOptions = {}): Scalar<number> => ({
  parse: (value) => parseUint(value, options, options.max ?? Number.MAX_SAFE_INTEGER),
  format: String,
  explain: explainUint(options),
  allowed: isUnsigned,
});

/** A 64-bit number: a number where that is exact, else a bigint. */
export type Integer64 = number | bigint;

const UINT64_MAX = 18_446_744_073_709_551_615n;

const fitting = (value: bigint): Integer64 =>
  value <= BigInt(Number.MAX_SAFE_INTEGER) && value >= BigInt(Number.MIN_SAFE_INTEGER) ? Number(value) : value;

/** Unsigned 64 bits. Digits beyond twenty are refused before they are converted. */
export const uint64: Scalar<Integer64> = {
  parse(value) {
    const digits = decimal.exec(value)?.[1]?.replace(/^0+(?=.)/, '');
    if (digits === undefined || digits.length > 20) return undefined;
    const number = BigInt(digits);
    return number > UINT64_MAX ? undefined : fitting(number);
  },
  format: String,
  explain: expectUint,
  allowed: isUnsigned,
};

/** Signed 64 bits. */
export const int64: Scalar<Integer64> = {
  parse(value) {
    const digits = signed.exec(value)?.[1];
    if (digits === undefined || digits.length > 21) return undefined;
    const number = BigInt(digits.replace('+', ''));
    return BigInt.asIntN(64, number) === number ? fitting(number) : undefined;
  },
  format: String,
  explain: (value) => `'${value}'. Expected integer value`,
};

export interface IntOptions {
  readonly min?: number;
  readonly max?: number;
}

/** Signed, 32 bits. */
export function int(options: IntOptions = {}): Scalar<number> {
  const { min = -INT_MAX - 1, max = INT_MAX } = options;
  const parse = (value: string): number => Number(signed.exec(value)?.[1] ?? Number.NaN);
  return {
    parse: (value) => (parse(value) >= min && parse(value) <= max ? parse(value) : undefined),
    format: String,
    explain: (value) =>
      `'${value}'. Expected ${parse(value) < min && min === 0 ? 'non-negative value' : 'integer value'}`,
  };
}

/** Hexadecimal with at least `width` digits; decimal, octal and hexadecimal text is read. */
export function hex(width: number, options: UintOptions = {}): Scalar<number> {
  const accepted = { ...options, anyBase: true };
  const max = options.max ?? UINT_MAX;
  return {
    parse: (value) => parseUint(value, accepted, max),
    format: (value) => `0x${value.toString(16).padStart(width, '0')}`,
    explain: explainUint(accepted),
  };
}

/** A UUID with or without hyphens, in lower case with hyphens. */
export const uuid: Scalar<string> = {
  parse(value) {
    const digits = value.trim().replace(/-/g, '').toLowerCase();
    if (!/^[0-9a-f]{32}$/.test(digits)) return undefined;
    return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20)}`;
  },
  format: (value) => value,
};

/** A hardware address as six pairs of digits, in lower case. */
export const mac: Scalar<string> = {
  parse(value) {
    if (/^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/.test(value)) return value;
    const parts = value.trim().split(':');
    if (parts.length !== 6 || !parts.every((part) => /^[0-9a-fA-F]{1,2}$/.test(part))) return undefined;
    return parts.map((part) => part.toLowerCase().padStart(2, '0')).join(':');
  },
  format: (value) => value,
};
