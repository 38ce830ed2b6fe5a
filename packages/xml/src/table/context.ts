import type { XmlNode } from '../reader/node.js';
import { positionAt } from '../reader/position.js';
import type { Position } from '../xml-error.js';

/**
 * What a document is read or written for.
 * `live`: a running object (aliases, target names, ids); `secure`: passwords too; `status`: the daemon's own state file;
 * `migratable`: text for another host.
 */
export interface Modes {
  readonly live?: boolean | undefined;
  readonly secure?: boolean | undefined;
  readonly status?: boolean | undefined;
  readonly migratable?: boolean | undefined;
}

export type Mode = 'live' | 'inactive' | 'secure' | 'status' | 'migratable';

/** Line and column of an element. */
export const positionOf = (node: XmlNode, context: { readonly text: string }): Position =>
  positionAt(context.text, node.start);

export function inMode(mode: Mode, modes: Modes): boolean {
  if (mode === 'inactive') return modes.live !== true;
  return modes[mode] === true;
}
