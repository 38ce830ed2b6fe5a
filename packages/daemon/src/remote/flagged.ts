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

/** One per procedure with flags; without flags nothing is allocated for a call. */
export function flagged<const B extends FlagBits>(publicFunction: FunctionName, bits: B): Flagged<B> {
  const plain: Via = { function: publicFunction };
  return {
    options: (flags) => optionsOf(bits, flags),
    names: (flags) => namesOf(bits, flags),
    via: (flags = 0) => (flags === 0 ? plain : { function: publicFunction, flags: { value: flags, bits } }),
  };
}
