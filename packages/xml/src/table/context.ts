import type { XmlNode } from '../reader/node.js';
import { positionAt } from '../reader/position.js';
import type { Position } from '../xml-error.js';
import type { Rows } from './row.js';

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

/** Line and column of an element. */
export const positionOf = (node: XmlNode, context: ReadContext): Position => positionAt(context.text, node.start);

export function inMode(mode: Mode, modes: Modes): boolean {
  if (mode === 'inactive') return modes.live !== true;
  return modes[mode] === true;
}
