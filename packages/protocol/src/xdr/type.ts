import type { XdrReader } from './reader.js';
import type { XdrWriter } from './writer.js';

/** What a type looks like on the wire; tests and generated documentation read it, codecs do not. */
export type Shape =
  | { readonly kind: ScalarKind }
  | { readonly kind: 'string'; readonly max: number }
  | { readonly kind: 'opaque'; readonly size: number }
  | { readonly kind: 'opaque'; readonly max: number }
  | { readonly kind: 'array'; readonly of: Shape; readonly size: number }
  | { readonly kind: 'array'; readonly of: Shape; readonly max: number }
  | { readonly kind: 'optional'; readonly of: Shape }
  | { readonly kind: 'struct'; readonly fields: readonly (readonly [name: string, shape: Shape])[] }
  | { readonly kind: 'union'; readonly cases: readonly (readonly [value: number, shape: Shape])[] };

export type ScalarKind =
  | 'int'
  | 'unsigned int'
  | 'hyper'
  | 'unsigned hyper'
  | 'short'
  | 'unsigned short'
  | 'char'
  | 'unsigned char'
  | 'double';

export interface Codec<Out, In = Out> {
  readonly write: (writer: XdrWriter, value: In) => void;
  readonly read: (reader: XdrReader) => Out;
}

/**
 * One wire type. `Out` is what decoding gives, `In` what encoding takes; they differ where decoding gives a `bigint`
 * and encoding takes a plain number too.
 */
export interface XdrType<Out, In = Out> {
  readonly shape: Shape;
  /** Fewest bytes a value takes; announced array lengths are held against it before anything is allocated. */
  readonly minBytes: number;
  /** Compiled on first use. */
  readonly codec: () => Codec<Out, In>;
}

/** Any type at all, for constraints. */
export type AnyType = XdrType<unknown, never>;
export type Fields = Readonly<Record<string, AnyType>>;

export type OutOf<T extends AnyType> = T extends XdrType<infer Out, never> ? Out : never;
export type InOf<T extends AnyType> = T extends { readonly codec: () => Codec<unknown, infer In> } ? In : never;

/** What decoding a struct gives: every field is there, absent optional ones as `undefined`. */
export type OutFields<F extends Fields> = { [K in keyof F]: OutOf<F[K]> };

type OmissibleKeys<F extends Fields> = { [K in keyof F]: undefined extends InOf<F[K]> ? K : never }[keyof F];

/** What encoding a struct takes: optional fields may be left out. */
export type InFields<F extends Fields> = {
  [K in Exclude<keyof F, OmissibleKeys<F>>]: InOf<F[K]>;
} & { [K in OmissibleKeys<F>]?: InOf<F[K]> };

/** Defers `make` to the first call and remembers its result. */
export function lazy<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
