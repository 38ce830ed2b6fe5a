import { digestOf } from './object-index.js';
import type { ObjectDirectory } from './object-directory.js';

const marker = /^<!-- kept with ([A-Za-z0-9+/=]+) -->\n/;

/** A status document that says, by its digest, which persistent definition changes with it. */
export const withMarker = (status: string, digest: string | undefined): string =>
  digest === undefined ? status : `<!-- kept with ${digest} -->\n${status}`;

export const withoutMarker = (status: string): string => status.replace(marker, '');

/**
 * Definitions written aside when the daemon was killed: those whose live half is on disk are put in place. Once, before
 * the documents among `entries` are read; the others are swept. Answers whether there was anything to do.
 */
export function finishStaged(configs: ObjectDirectory, statuses: ObjectDirectory, entries: readonly string[]): boolean {
  const staged = configs.staged(entries);
  for (const { name, text, commit } of staged) if (statuses.has(name) && wants(statuses.read(name), text)) commit();
  return staged.length > 0;
}

const wants = (status: string, definition: string): boolean => marker.exec(status)?.[1] === digestOf(definition);
