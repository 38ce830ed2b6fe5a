import { string } from './bytes.js';
import { double, hyper, int, uint, unsignedHyper } from './scalars.js';
import { type AnyType, type Codec, type InOf, lazy, type XdrType } from './type.js';
import { XdrError } from './xdr-error.js';

/** A named value of one of libvirt's seven parameter types, as decoding gives it. @libvirt virTypedParameter */
export type TypedParameter =
  | { readonly field: string; readonly type: 'int' | 'uint' | 'double'; readonly value: number }
  | { readonly field: string; readonly type: 'llong' | 'ullong'; readonly value: bigint }
  | { readonly field: string; readonly type: 'boolean'; readonly value: boolean }
  | { readonly field: string; readonly type: 'string'; readonly value: string };

/** What encoding takes: 64-bit values may be plain numbers too. */
export type TypedParameterInput =
  | TypedParameter
  | { readonly field: string; readonly type: 'llong' | 'ullong'; readonly value: number };

export type TypedParameterType = TypedParameter['type'];

/** Numbers of the parameter types on the wire. @libvirt virTypedParameterType */
export const typedParameterTypes = { int: 1, uint: 2, llong: 3, ullong: 4, double: 5, boolean: 6, string: 7 } as const;

const wireBoolean: XdrType<boolean> = {
  ...int,
  codec: lazy(() => {
    const { read, write } = int.codec();
    return { write: (w, v) => write(w, v ? 1 : 0), read: (r) => read(r) !== 0 };
  }),
};

/** @param maxString most bytes of the name and of a string value */
export function typedParameter(maxString: number): XdrType<TypedParameter, TypedParameterInput> {
  const text = string(maxString);
  const arms = { int, uint, llong: hyper, ullong: unsignedHyper, double, boolean: wireBoolean, string: text };
  const cases = Object.entries(arms).map(([type, arm]) => [numberOf(type as TypedParameterType), arm.shape] as const);
  return {
    shape: {
      kind: 'struct',
      fields: [
        ['field', text.shape],
        ['value', { kind: 'union', cases }],
      ],
    },
    minBytes: 12,
    codec: lazy(() => compile(text.codec(), arms)),
  };
}

const numberOf = (type: TypedParameterType): number => typedParameterTypes[type];

type Arms = Readonly<Record<TypedParameterType, AnyType>>;

function compile(field: Codec<string, string | Uint8Array>, arms: Arms): Codec<TypedParameter, TypedParameterInput> {
  const types = Object.keys(arms) as TypedParameterType[];
  const byName = new Map(types.map((type) => [type, arms[type].codec() as Codec<unknown, unknown>]));
  const byNumber = new Map(types.map((type) => [numberOf(type), type]));
  const armOf = (type: TypedParameterType): Codec<unknown, unknown> => {
    const arm = byName.get(type);
    if (arm === undefined) throw new XdrError(`unknown type '${String(type)}' of a typed parameter`);
    return arm;
  };
  return {
    write: (w, v) => {
      const arm = armOf(v.type);
      field.write(w, v.field);
      w.int(numberOf(v.type));
      arm.write(w, v.value as InOf<AnyType>);
    },
    read: (r) => {
      const name = field.read(r);
      const number = r.int();
      const type = byNumber.get(number);
      if (type === undefined) throw new XdrError(`unknown type ${number} of typed parameter '${name}'`);
      // The arm decodes to exactly what the union pairs with this type.
      return { field: name, type, value: armOf(type).read(r) } as TypedParameter;
    },
  };
}
