import { struct } from './xdr/composites.js';
import type { Fields, InFields, OutFields, XdrType } from './xdr/type.js';

/**
 * A permission a call needs, as `object:permission`. The object form applies only when the call's flags have all
 * (`whenFlags`) or none (`unlessFlags`) of some bits, or when a parameter has a value.
 */
export type AccessRule =
  | string
  | { readonly permission: string; readonly whenFlags: number }
  | { readonly permission: string; readonly unlessFlags: number }
  | { readonly permission: string; readonly whenParameter: string; readonly equals: number };

/** `denied` altogether, or only with some flags or one value of a parameter. */
export type ReadOnlyRule =
  | 'denied'
  | { readonly deniedFlags: number }
  | { readonly deniedParameter: string; readonly equals: number };

export interface CallRules {
  /** High priority calls never wait for a hypervisor. */
  readonly priority?: 'high';
  /** Checked on the resolved object before the call reaches a driver. */
  readonly acl?: readonly AccessRule[];
  /** Objects without this permission are left out of the answer. */
  readonly aclFilter?: readonly AccessRule[];
  /** What a read-only connection may not do; absent: allowed. */
  readonly readOnly?: ReadOnlyRule;
  /** The call opens a stream; `read` is from server to client. `sparseFlag` is the flag bit that allows holes. */
  readonly stream?: { readonly direction: 'read' | 'write'; readonly sparseFlag?: number };
  /** Descriptors travel with the call (`in`), the reply (`out`) or both. */
  readonly fds?: 'in' | 'out' | 'both';
  /** Allowed before authentication. */
  readonly beforeAuth?: true;
  /** Public function, where it is not `vir` plus the row's name. */
  readonly api?: string;
}

/** A procedure a client calls. */
export interface CallRow<A extends Fields = Fields, R extends Fields = Fields> extends CallRules {
  readonly kind: 'call';
  readonly number: number;
  readonly args: XdrType<OutFields<A>, InFields<A>>;
  readonly ret: XdrType<OutFields<R>, InFields<R>>;
}

export type EventClass =
  | 'domain'
  | 'network'
  | 'storagePool'
  | 'nodeDevice'
  | 'secret'
  | 'connect'
  | 'qemu'
  | 'keepalive';

export interface EventRules {
  readonly class: EventClass;
  /** Number a client registers for, unique within the class. */
  readonly id?: number;
  /** Sent to clients that registered in the old style, without callback ids. */
  readonly legacy?: true;
}

/** A message nobody answers. */
export interface EventRow<M extends Fields = Fields> extends EventRules {
  readonly kind: 'event';
  readonly number: number;
  readonly message: XdrType<OutFields<M>, InFields<M>>;
}

export function call<const A extends Fields, const R extends Fields>(
  number: number,
  args: A,
  ret: R,
  rules: CallRules = {},
): CallRow<A, R> {
  return { kind: 'call', number, args: struct(args), ret: struct(ret), ...rules };
}

export function event<const M extends Fields>(number: number, message: M, rules: EventRules): EventRow<M> {
  return { kind: 'event', number, message: struct(message), ...rules };
}

/** Bounds for any row; a row's own types say more. */
export type AnyCallRow = CallRules & {
  readonly kind: 'call';
  readonly number: number;
  readonly args: XdrType<object, never>;
  readonly ret: XdrType<object, never>;
};
export type AnyEventRow = EventRules & {
  readonly kind: 'event';
  readonly number: number;
  readonly message: XdrType<object, never>;
};
export type Rows = Readonly<Record<string, AnyCallRow | AnyEventRow>>;

/** One RPC program: a number, a version, and a table of rows by name and by procedure number. */
export interface Program<R extends Rows = Rows> {
  readonly name: string;
  readonly id: number;
  readonly version: number;
  readonly rows: R;
  /** @returns the name of the row with that procedure number, `undefined` for a number that is not taken */
  nameOf(procedure: number): string | undefined;
}

export function program<const R extends Rows>(
  identity: { readonly name: string; readonly id: number; readonly version: number },
  rows: R,
): Program<R> {
  const names: string[] = [];
  for (const [name, row] of Object.entries(rows)) names[row.number] = name;
  return { ...identity, rows, nameOf: (procedure) => names[procedure] };
}

/** The public function behind a row, as error messages name it. */
export function apiOf(name: string, row: CallRules): string {
  return row.api ?? `vir${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

type CallNames<P extends Program> = {
  [K in keyof P['rows'] & string]: P['rows'][K] extends { readonly kind: 'call' } ? K : never;
}[keyof P['rows'] & string];
type EventNames<P extends Program> = Exclude<keyof P['rows'] & string, CallNames<P>>;

export type CallName<P extends Program> = CallNames<P>;
export type EventName<P extends Program> = EventNames<P>;

type FieldsOut<T> = T extends XdrType<infer Out, never> ? Out : never;
type FieldsIn<T> = T extends { readonly codec: () => { readonly write: (writer: never, value: infer In) => void } }
  ? In
  : never;

/** What a server gets: decoded arguments. */
export type ArgsOf<P extends Program, K extends CallNames<P>> = P['rows'][K] extends { readonly args: infer T }
  ? FieldsOut<T>
  : never;
/** What a server answers. */
export type RetOf<P extends Program, K extends CallNames<P>> = P['rows'][K] extends { readonly ret: infer T }
  ? FieldsIn<T>
  : never;
/** What a client passes. */
export type ArgsIn<P extends Program, K extends CallNames<P>> = P['rows'][K] extends { readonly args: infer T }
  ? FieldsIn<T>
  : never;
/** What a client gets back. */
export type RetOut<P extends Program, K extends CallNames<P>> = P['rows'][K] extends { readonly ret: infer T }
  ? FieldsOut<T>
  : never;
/** What a server sends as an event, */
export type MessageIn<P extends Program, K extends EventNames<P>> = P['rows'][K] extends { readonly message: infer T }
  ? FieldsIn<T>
  : never;
/** and what a client gets of it. */
export type MessageOut<P extends Program, K extends EventNames<P>> = P['rows'][K] extends { readonly message: infer T }
  ? FieldsOut<T>
  : never;

/** Every procedure as a method, from a client's side. */
export type Client<P extends Program> = {
  readonly [K in CallNames<P>]: (args: ArgsIn<P, K>) => Promise<RetOut<P, K>>;
};

/** A server's dispatch table; a procedure that is left out is not supported. */
export type Handlers<P extends Program, Context> = {
  readonly [K in CallNames<P>]?: (args: ArgsOf<P, K>, context: Context) => RetOf<P, K> | Promise<RetOf<P, K>>;
};
