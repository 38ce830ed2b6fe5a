import type { Codec, ScalarKind, XdrType } from './type.js';
import { XdrError } from './xdr-error.js';

function scalar<Out, In = Out>(kind: ScalarKind, minBytes: number, codec: Codec<Out, In>): XdrType<Out, In> {
  return { shape: { kind }, minBytes, codec: () => codec };
}

export const int = scalar<number>('int', 4, { write: (w, v) => w.int(v), read: (r) => r.int() });
export const uint = scalar<number>('unsigned int', 4, { write: (w, v) => w.uint(v), read: (r) => r.uint() });

/** 64 bits: decodes to a `bigint`, encodes a `bigint` or a whole number below 2^53. */
export const hyper = scalar<bigint, number | bigint>('hyper', 8, {
  write: (w, v) => w.hyper(v),
  read: (r) => r.hyper(),
});
export const unsignedHyper = scalar<bigint, number | bigint>('unsigned hyper', 8, {
  write: (w, v) => w.unsignedHyper(v),
  read: (r) => r.unsignedHyper(),
});
export const double = scalar<number>('double', 8, { write: (w, v) => w.double(v), read: (r) => r.double() });

/** Narrow integers take four bytes on the wire; decoding keeps the low 8 or 16 bits. */
export const unsignedShort = scalar<number>(
  'unsigned short',
  4,
  narrow(0, 0xffff, (word) => word & 0xffff),
);
export const char = scalar<number>(
  'char',
  4,
  narrow(-0x80, 0x7f, (word) => (word << 24) >> 24),
);
export const unsignedChar = scalar<number>(
  'unsigned char',
  4,
  narrow(0, 0xff, (word) => word & 0xff),
);

function narrow(least: number, most: number, keep: (word: number) => number): Codec<number> {
  return {
    write: (w, v) => {
      if (v < least || v > most) throw new XdrError(`${v} is not between ${least} and ${most}`);
      w.int(v);
    },
    read: (r) => keep(r.int()),
  };
}
