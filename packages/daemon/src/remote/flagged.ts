import type { FunctionName, Via } from '@virtkit/core';
import { type FlagBits, type FlagOptions, namesOf, optionsOf } from '@virtkit/protocol';

/** How one public function's flags become options, and how the kernel learns which function was called. */
export interface Flagged<B extends FlagBits> {
  /** Named options of the set bits. */
  options(flags: number): FlagOptions<B>;
  /** Names of the set bits. */
  names(flags: number): readonly (keyof B & string)[];
  /** For the kernel: the function's name, and the bits so that unknown ones are refused. */
  via(flags?: number): Via;
}

/** Clients say with this bit that strings in typed parameters do not disturb them; nothing depends on it any more. */
const STRINGS_OKAY = 0x4;

/** One per procedure with flags; without flags nothing is allocated for a call. `ignored` bits are dropped unseen. */
export function flagged<const B extends FlagBits>(publicFunction: FunctionName, bits: B, ignored = 0): Flagged<B> {
  const plain: Via = { function: publicFunction };
  return {
    options: (flags) => optionsOf(bits, flags & ~ignored),
    names: (flags) => namesOf(bits, flags & ~ignored),
    via: (flags = 0) => {
      const value = (flags & ~ignored) >>> 0;
      return value === 0 ? plain : { function: publicFunction, flags: { value, bits } };
    },
  };
}

/** For procedures that answer typed parameters. */
export const flaggedParameters = <const B extends FlagBits>(publicFunction: FunctionName, bits: B): Flagged<B> =>
  flagged(publicFunction, bits, STRINGS_OKAY);
