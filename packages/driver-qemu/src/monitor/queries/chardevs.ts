import type { JsonValue } from '../../command/json.js';
import { flagAt, objectsOf, textAt } from '../json-reading.js';

export interface ChardevState {
  /** `/dev/pts/3` of a terminal QEMU opened. */
  readonly pty?: string;
  /** Somebody in the guest has the port open (channels). */
  readonly open: boolean;
}

/** `query-chardev`, by label (`charserial0`). */
export function readChardevs(answer: JsonValue): ReadonlyMap<string, ChardevState> {
  const states = new Map<string, ChardevState>();
  for (const entry of objectsOf(answer)) {
    const pty = /^pty:(.+)$/.exec(textAt(entry, 'filename') ?? '')?.[1];
    states.set(textAt(entry, 'label') ?? '', {
      open: flagAt(entry, 'frontend-open'),
      ...(pty === undefined ? {} : { pty }),
    });
  }
  return states;
}
