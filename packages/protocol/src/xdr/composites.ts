import {
  type AnyType,
  type Codec,
  type Fields,
  type InFields,
  type InOf,
  lazy,
  type OutFields,
  type OutOf,
  type Shape,
  type XdrType,
} from './type.js';
import { XdrError } from './xdr-error.js';

/** A struct: its fields one after another in the order of the table. */
export function struct<const F extends Fields>(fields: F): XdrType<OutFields<F>, InFields<F>> {
  return {
    // Hundreds of structs are declared at every start, of which a process uses a few: nothing is worked out before it is needed.
    get shape(): Shape {
      return { kind: 'struct', fields: Object.entries(fields).map(([name, type]) => [name, type.shape] as const) };
    },
    get minBytes(): number {
      return Object.values(fields).reduce((sum, type) => sum + type.minBytes, 0);
    },
    // The closures work on field names; that they fit F is what InFields and OutFields say.
    codec: lazy(() => compile(Object.entries(fields)) as unknown as Codec<OutFields<F>, InFields<F>>),
  };
}

type Untyped = Codec<unknown, unknown>;
type Row = Record<string, unknown>;

function compile(entries: readonly (readonly [string, AnyType])[]): Codec<Row> {
  const names = entries.map(([name]) => name);
  const codecs = entries.map(([, type]) => type.codec() as Untyped);
  const [first, second, third] = codecs;
  const [a = '', b = '', c = ''] = names;
  if (codecs.length === 1 && first) return oneField(a, first);
  if (codecs.length === 2 && first && second) return twoFields([a, b], first, second);
  if (codecs.length === 3 && first && second && third) return threeFields([a, b, c], first, second, third);
  return manyFields(names, codecs);
}

const oneField = (a: string, first: Untyped): Codec<Row> => ({
  write: (w, v) => first.write(w, v[a]),
  read: (r) => ({ [a]: first.read(r) }),
});

const twoFields = ([a, b]: readonly [string, string], first: Untyped, second: Untyped): Codec<Row> => ({
  write: (w, v) => {
    first.write(w, v[a]);
    second.write(w, v[b]);
  },
  read: (r) => ({ [a]: first.read(r), [b]: second.read(r) }),
});

const threeFields = (
  [a, b, c]: readonly [string, string, string],
  first: Untyped,
  second: Untyped,
  third: Untyped,
): Codec<Row> => ({
  write: (w, v) => {
    first.write(w, v[a]);
    second.write(w, v[b]);
    third.write(w, v[c]);
  },
  read: (r) => ({ [a]: first.read(r), [b]: second.read(r), [c]: third.read(r) }),
});

function manyFields(names: readonly string[], codecs: readonly Untyped[]): Codec<Row> {
  const fields = names.map((name, index) => ({ name, codec: codecs[index] as Untyped }));
  return {
    write: (w, v) => {
      for (const field of fields) field.codec.write(w, v[field.name]);
    },
    read: (r) => {
      const row: Row = {};
      for (const field of fields) row[field.name] = field.codec.read(r);
      return row;
    },
  };
}

/** A value that may be absent: `undefined`. Any non-zero word counts as "present". */
export function optional<T extends AnyType>(type: T): XdrType<OutOf<T> | undefined, InOf<T> | undefined> {
  return {
    get shape(): Shape {
      return { kind: 'optional', of: type.shape };
    },
    minBytes: 4,
    codec: lazy(() => {
      const inner = type.codec() as Codec<OutOf<T>, InOf<T>>;
      return {
        write: (w, v) => {
          w.uint(v === undefined ? 0 : 1);
          if (v !== undefined) inner.write(w, v as InOf<T>);
        },
        read: (r) => (r.uint() === 0 ? undefined : inner.read(r)),
      };
    }),
  };
}

/** Up to `max` elements. */
export function array<T extends AnyType>(type: T, max: number): XdrType<OutOf<T>[], readonly InOf<T>[]> {
  return {
    get shape(): Shape {
      return { kind: 'array', of: type.shape, max };
    },
    minBytes: 4,
    codec: lazy(() => {
      const { write, read } = type.codec() as Codec<OutOf<T>, InOf<T>>;
      const { minBytes } = type;
      return {
        write: (w, v) => {
          if (v.length > max) throw new XdrError(`array of ${v.length} elements is longer than ${max}`);
          w.uint(v.length);
          for (const element of v) write(w, element);
        },
        read: (r) => {
          const count = r.count(max, minBytes);
          const elements: OutOf<T>[] = [];
          for (let i = 0; i < count; i++) elements.push(read(r));
          return elements;
        },
      };
    }),
  };
}
