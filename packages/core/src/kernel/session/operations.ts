import type { Call } from '../../contract/call.js';
import type { FacetName, Facets, Operation } from '../../contract/connection.js';
import type { FunctionName } from '../access/function-rules.js';
import type { AccessObject, Pipeline } from './pipeline.js';
import type { SessionParts } from './session-parts.js';
import { step, type Step } from './step.js';
import type { Via } from './via.js';

/** A method of a facet, without `undefined`. */
type MethodOf<O extends Operation> = O extends `${infer F}.${infer M}`
  ? F extends FacetName
    ? Required<Facets[F]>[M & keyof Facets[F]]
    : never
  : never;
/** Arguments between the object and the call. */
type Arguments<O extends Operation> =
  MethodOf<O> extends (ref: infer _Ref, ...args: [...infer A, Call]) => unknown ? A : never;
type ConnectArguments<O extends Operation> = MethodOf<O> extends (...args: [...infer A, Call]) => unknown ? A : never;
type Answer<O extends Operation> = MethodOf<O> extends (...args: never) => infer R ? R : never;

/** How objects of a kind are found by what a client holds. */
export interface ObjectResolver<Handle, Ref> {
  resolve(pipeline: Pipeline, handle: Handle): Promise<Ref>;
  /** The domain whose job a long operation is. */
  jobOf?(ref: Ref): string;
  describe(ref: Ref): AccessObject;
}

export interface Row<O extends Operation = Operation> {
  readonly step: Step<O>;
  /** Number of arguments between object and call. */
  readonly count: number;
  /** Which of them holds options. */
  readonly options: number | undefined;
}

/** An operation on an object: `count` arguments follow the object, the one at index `options` holds options. */
export const on = <O extends Operation>(
  operation: O,
  publicFunction: FunctionName,
  count: Arguments<O>['length'],
  options?: number,
): Row<O> => ({ step: step(operation, publicFunction), count: count as number, options });

/** An operation on the connection. */
export const of = <O extends Operation>(
  operation: O,
  publicFunction: FunctionName,
  count: ConnectArguments<O>['length'],
  options?: number,
): Row<O> => ({ step: step(operation, publicFunction), count: count as number, options });

export interface WithParts {
  readonly parts: SessionParts;
}
type Rows = Readonly<Record<string, Row>>;
type OperationOf<R> = R extends Row<infer O> ? O : never;
export type ObjectOperations<Handle, R extends Rows> = {
  readonly [K in keyof R]: (
    object: Handle,
    ...rest: [...Arguments<OperationOf<R[K]>>, via?: Via]
  ) => Answer<OperationOf<R[K]>>;
};
export type ConnectOperations<R extends Rows> = {
  readonly [K in keyof R]: (...rest: [...ConnectArguments<OperationOf<R[K]>>, via?: Via]) => Answer<OperationOf<R[K]>>;
};

/** A class whose methods are the rows: each resolves the object, checks, and calls the facet. */
export function objectOperations<Handle, Ref, R extends Rows>(
  resolver: ObjectResolver<Handle, Ref>,
  rows: R,
): new (
  parts: SessionParts,
) => WithParts & ObjectOperations<Handle, R> {
  class Operations {
    constructor(readonly parts: SessionParts) {}
  }
  for (const [name, row] of Object.entries(rows)) {
    define(Operations.prototype, name, function (this: Operations, ...given: unknown[]) {
      return callOnObject(this.parts.pipeline, resolver, row, given);
    });
  }
  // The methods were put onto the prototype under the names of the rows.
  return Operations as unknown as new (
    parts: SessionParts,
  ) => WithParts & ObjectOperations<Handle, R>;
}

/** A class whose methods are the rows, each about the connection itself. */
export function connectOperations<R extends Rows>(
  rows: R,
): new (
  parts: SessionParts,
) => WithParts & ConnectOperations<R> {
  class Operations {
    constructor(readonly parts: SessionParts) {}
  }
  for (const [name, row] of Object.entries(rows)) {
    define(Operations.prototype, name, function (this: Operations, ...given: unknown[]) {
      return callOnConnection(this.parts.pipeline, row, given);
    });
  }
  // The methods were put onto the prototype under the names of the rows.
  return Operations as unknown as new (
    parts: SessionParts,
  ) => WithParts & ConnectOperations<R>;
}

async function callOnObject<Handle, Ref>(
  pipeline: Pipeline,
  resolver: ObjectResolver<Handle, Ref>,
  row: Row,
  given: readonly unknown[],
): Promise<unknown> {
  const [handle, ...args] = given;
  const via = args[row.count] as Via | undefined;
  const options = optionsOf(row, args);
  const facet = pipeline.enter(row.step, options, via);
  const ref = await resolver.resolve(pipeline, handle as Handle);
  if (pipeline.hasRules) await pipeline.permit(via?.function ?? row.step.function, resolver.describe(ref), options);
  const rest = args.slice(0, row.count);
  const job = resolver.jobOf?.(ref);
  if (job === undefined) return invoke(facet, row, [ref, ...rest, pipeline.call(via)]);
  return pipeline.onDomain(row.step, job, via, (call) => invoke(facet, row, [ref, ...rest, call]));
}

async function callOnConnection(pipeline: Pipeline, row: Row, args: readonly unknown[]): Promise<unknown> {
  const via = args[row.count] as Via | undefined;
  const options = optionsOf(row, args);
  const facet = pipeline.enter(row.step, options, via);
  if (pipeline.hasRules) await pipeline.permit(via?.function ?? row.step.function, { kind: 'connect' }, options);
  return invoke(facet, row, [...args.slice(0, row.count), pipeline.call(via)]);
}

function optionsOf(row: Row, args: readonly unknown[]): object {
  const value = row.options === undefined ? undefined : args[row.options];
  return typeof value === 'object' && value !== null ? value : {};
}

function invoke(facet: object, row: Row, args: readonly unknown[]): unknown {
  const method: unknown = Reflect.get(facet, row.step.method);
  // `enter` made sure that it is a function.
  return Reflect.apply(method as (...all: unknown[]) => unknown, facet, args);
}

function define(prototype: object, name: string, value: (...given: unknown[]) => Promise<unknown>): void {
  Object.defineProperty(prototype, name, { value, writable: true, configurable: true });
}
