import type { LoadFailure, ObjectKind } from '../contract/state.js';
import type { ObjectDirectory } from './object-directory.js';
import type { FileStamp } from './index-lines.js';
import type { ObjectIndex } from './object-index.js';
import { refuseUnsafeName } from './object-name.js';
import { errorsFrom } from '@virtkit/schema';

export interface FoundObject<D> {
  readonly name: string;
  readonly uuid: string;
  /** Present when the file had to be read. */
  readonly definition?: D;
}

/** Reads the persistent objects of these names: known files by their stamp, others by parsing them. */
export function loadObjects<D>(
  kind: Pick<ObjectKind<D>, 'parse' | 'nameOf' | 'uuidOf'>,
  directory: ObjectDirectory,
  names: readonly string[],
  index: ObjectIndex,
): { readonly found: readonly FoundObject<D>[]; readonly failures: readonly LoadFailure[] } {
  const found: FoundObject<D>[] = [];
  const failures: LoadFailure[] = [];
  const files = new Set<string>();
  index.load();
  for (const name of names) {
    try {
      const stamp = directory.stamp(name);
      const known = index.get(name, stamp);
      files.add(name);
      found.push(known === undefined ? readObject(kind, directory, index, name, stamp) : known);
    } catch (cause) {
      failures.push({ path: directory.pathOf(name), cause });
    }
  }
  index.compact(files);
  return { found, failures };
}

function readObject<D>(
  kind: Pick<ObjectKind<D>, 'parse' | 'nameOf' | 'uuidOf'>,
  directory: ObjectDirectory,
  index: ObjectIndex,
  name: string,
  stamp: FileStamp,
): FoundObject<D> {
  const path = directory.pathOf(name);
  const definition = kind.parse(directory.read(name), path);
  refuseUnsafeName(name);
  if (kind.nameOf(definition) !== name)
    throw errorsFrom('CONF')(
      'INTERNAL_ERROR',
      `config filename '${path}' does not match name '${kind.nameOf(definition)}'`,
    );
  const uuid = kind.uuidOf(definition);
  index.put(name, { stamp, uuid, name });
  return { name, uuid, definition };
}
