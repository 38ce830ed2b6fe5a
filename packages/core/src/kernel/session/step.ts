import type { FacetName, Facets, Operation } from '../../contract/connection.js';
import type { FunctionName } from '../access/function-rules.js';

/** A facet in which one optional method is known to be there. */
export type FacetOf<O extends Operation> = O extends `${infer F}.${infer M}`
  ? F extends FacetName
    ? Facets[F] & Required<Pick<Facets[F], M & keyof Facets[F]>>
    : never
  : never;

/** One operation of the contract, and the public function it is called by unless the client used another one. */
export interface Step<O extends Operation = Operation> {
  readonly operation: O;
  readonly facet: FacetName;
  readonly method: string;
  readonly function: FunctionName;
}

export function step<O extends Operation>(operation: O, publicFunction: FunctionName): Step<O> {
  const dot = operation.indexOf('.');
  return {
    operation,
    facet: operation.slice(0, dot) as FacetName,
    method: operation.slice(dot + 1),
    function: publicFunction,
  };
}
