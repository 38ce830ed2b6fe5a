import { Answer } from './answer.js';

/** The server refused a call. */
export class SoapFault extends Error {
  override readonly name = 'SoapFault';
  constructor(
    readonly method: string,
    /** The class of the fault, without `Fault` at its end: `InvalidLogin`, `NotAuthenticated`, `InvalidPowerState`. */
    readonly kind: string,
    message: string,
    readonly detail: Answer = new Answer(undefined),
  ) {
    super(message);
  }
}

/** The fault in a body; undefined when there is none. */
export function faultIn(body: Answer, method: string): SoapFault | undefined {
  const fault = body.get('Fault');
  if (!fault.exists) return undefined;
  const detail = fault.get('detail');
  const name = detail.names[0] ?? '';
  const inner = detail.get(name);
  const kind = (name === 'Fault' || name === '' ? inner.type : name).replace(/Fault$/, '');
  const message = fault.get('faultstring').text ?? kind;
  return new SoapFault(method, kind === '' ? 'Unknown' : kind, message, inner);
}
