import type { Sliceable } from '../pieces.js';
import type { XmlNode } from '../reader/node.js';
import type { Modes } from './context.js';

/** An object a table reads into and writes from, seen without its type. */
export type Target = Record<string, unknown>;

/** Reports what a strict check finds. */
export type Report = (problem: string, node: XmlNode) => void;

/** Checks an element against a table. */
export type Checker = Sliceable<[node: XmlNode, report: Report], void>;

/** Names a row accounts for; `undefined` as checker: anything may stand inside. */
export interface Known {
  readonly attributes?: readonly string[];
  /** Names of children, how they are checked, and `once` for those that stand there at most once. */
  readonly children?: readonly (readonly [string, Checker | undefined, 'once'?])[];
  readonly text?: boolean;
  /** Anything is allowed here. */
  readonly anything?: boolean;
}

/** A row bound to its key: what it does when an element is read and written. All parts are optional. */
export interface BoundRow {
  readonly read?: Sliceable<[node: XmlNode, target: Target, context: ReadContext], void>;
  /** ` name='value'`, possibly several, or nothing. */
  readonly attributes?: (source: Target, context: WriteContext) => string;
  /** Whole lines, indented by `indent`. */
  readonly body?: Sliceable<[source: Target, indent: string, context: WriteContext], string>;
  /** The element's own text, escaped; undefined where there is none. */
  readonly content?: (source: Target, context: WriteContext) => string | undefined;
  readonly known?: (node: XmlNode) => Known;
}

/**
 * One row of a table: how one field of an object stands in the document. `T` is the field's type; an optional row's
 * field may be absent. Made by the functions of this package only.
 */
export interface Row<T = unknown, Optional extends boolean = boolean> {
  readonly optional: Optional;
  readonly bind: (key: string) => BoundRow;
  /** Carries the type; never there at run time. */
  readonly valueType?: T;
}

declare const hiddenBrand: unique symbol;
/** Type of rows that are no field of the object. */
export type Hidden = { readonly [hiddenBrand]: true };
export type HiddenRow = Row<Hidden, true>;

/** A table: keys are the fields of the object, their order is the order in the document. */
export type Rows = Readonly<Record<string, Row>>;

type ValueOf<R> = R extends Row<infer T, boolean> ? T : never;
type IsHidden<R> = R extends { readonly valueType?: infer T }
  ? Exclude<T, undefined> extends Hidden
    ? [Exclude<T, undefined>] extends [never]
      ? false
      : true
    : false
  : false;
type RequiredKeys<F> = {
  [K in keyof F]: IsHidden<F[K]> extends true ? never : F[K] extends Row<unknown, false> ? K : never;
}[keyof F];
type OptionalKeys<F> = {
  [K in keyof F]: IsHidden<F[K]> extends true ? never : F[K] extends Row<unknown, false> ? never : K;
}[keyof F];

/** The object a table reads: required rows as fields, optional rows as optional fields. */
export type FieldsOf<F> = { -readonly [K in RequiredKeys<F>]: ValueOf<F[K]> } & {
  -readonly [K in OptionalKeys<F>]?: ValueOf<F[K]> | undefined;
};

/** The objects a table of variants reads, told apart by `D`. */
export type VariantsOf<D extends string, V> = { [K in keyof V]: { [P in D]: K } & FieldsOf<V[K]> }[keyof V];

/** A tag as it is written and as the reader names it; a plain string where both are the same. */
export type Tag = string | { readonly written: string; readonly matched: string };

export const writtenTag = (tag: Tag): string => (typeof tag === 'string' ? tag : tag.written);
export const matchedTag = (tag: Tag): string => (typeof tag === 'string' ? tag : tag.matched);

/** An element with a table of its own. */
export interface ElementType<T> {
  readonly tag: Tag;
  readonly read: Sliceable<[node: XmlNode, context: ReadContext], T>;
  /** The element as lines; empty where a table says so. */
  readonly write: Sliceable<[value: T, indent: string, context: WriteContext], string>;
  readonly check: Checker;
}

/** Elements that contain themselves refer to themselves by a function. */
export type Lazy<T> = ElementType<T> | (() => ElementType<T>);

export const resolved = <T>(lazy: Lazy<T>): ElementType<T> => (typeof lazy === 'function' ? lazy() : lazy);

/** A row of this behaviour; the only place where a row gets its type. */
export function row<T, O extends boolean>(optional: O, bind: (key: string) => BoundRow): Row<T, O> {
  return { optional, bind };
}

export const hiddenRow = (bind: (key: string) => BoundRow): HiddenRow => row<Hidden, true>(true, bind);

/** Rows of a driver: elements of its namespace at the root, and private rows at named places of status documents. */
export interface NamespaceRows {
  readonly prefix: string;
  readonly uri: string;
  readonly rows: Rows;
}

export interface Extensions {
  readonly namespaces?: readonly NamespaceRows[] | undefined;
  readonly places?: Readonly<Record<string, Rows>> | undefined;
}

/** Records which rows a test exercised. */
export interface Coverage {
  readonly read: Set<string>;
  readonly written: Set<string>;
}

export interface WriteContext extends Modes {
  /** Values and absences a table refuses are violations of the schema (`SchemaViolation`), whatever errors rows have for them. */
  readonly strict?: boolean | undefined;
  readonly extensions?: Extensions | undefined;
  readonly coverage?: Coverage | undefined;
}

export interface ReadContext extends WriteContext {
  /** The text node offsets point into. */
  readonly text: string;
}
