import type { JobProgress } from '../../contract/call.js';
import type { FunctionName } from '../access/function-rules.js';

/** The flags a client sent, so that a refusal can name the bits. */
export interface RawFlags {
  readonly value: number;
  /** The bit of each option name. A set bit that no name has is refused. */
  readonly bits: Readonly<Record<string, number>>;
}

/** How a method was reached. A constant per procedure will do when there is nothing else to say. */
export interface Via {
  /** The public function the client called, named in errors and deciding permissions; default: the newest one. */
  readonly function?: FunctionName;
  readonly flags?: RawFlags | undefined;
  /** Ends the call early; default: the session's own signal. */
  readonly signal?: AbortSignal | undefined;
  readonly progress?: ((done: JobProgress) => void) | undefined;
}
