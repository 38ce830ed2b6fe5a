import { bitsOf, type FlagBits } from '@virtkit/protocol';
import { flag, type OptionRow, type Values } from './command.js';

/** An option of a command, the flag of the call it stands for, and what it does. */
export type FlagRow<B extends FlagBits> = readonly [option: string, name: keyof B & string, summary: string];

/** Options that are flags of one call. */
export interface FlagSet {
  readonly options: readonly OptionRow[];
  /** The flags of those that were given. */
  bits(values: Values): number;
}

/** Flags of a call by the names the protocol gives them. */
export function flagSet<B extends FlagBits>(bits: B, rows: readonly FlagRow<B>[]): FlagSet {
  const given = (values: Values): { readonly [K in keyof B]?: boolean } =>
    Object.fromEntries(rows.map(([option, name]) => [name, values.flag(option)])) as { [K in keyof B]?: boolean }; // keys of the rows
  return {
    options: rows.map(([option, , summary]) => flag(option, summary)),
    bits: (values) => bitsOf(bits, given(values)),
  };
}

/** Bits of several tables in one word of the wire. */
export const joined = (...bits: readonly number[]): number => bits.reduce((all, each) => (all | each) >>> 0, 0);
