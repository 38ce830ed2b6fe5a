import { type Integer64, type Scalar, uint, uint64 } from '@virtkit/xml';

const strict = uint();

/** A number; NaN for text that is none, which a later check refuses naming the network. */
export const looseUint: Scalar<number> = {
  parse: (value) => strict.parse(value) ?? Number.NaN,
  format: String,
};

/** Unsigned 64 bits, decimal, octal or hexadecimal. */
export const uint64AnyBase: Scalar<Integer64> = {
  ...uint64,
  parse(value) {
    const match = /^[ \t\n]*\+?0(?:[xX]([0-9a-fA-F]{1,16})|([0-7]{1,21}))$/.exec(value);
    if (match === null) return uint64.parse(value);
    return uint64.parse(BigInt(match[1] === undefined ? `0o${match[2]}` : `0x${match[1]}`).toString());
  },
};
