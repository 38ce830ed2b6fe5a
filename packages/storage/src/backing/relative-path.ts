import { storageError } from '../errors.js';

/** The path an image is reached by, and how the image above names it. */
export interface Link {
  readonly path: string;
  readonly relative: string | undefined;
}

/**
 * How the image above `top` would name `base`, when each one from `top` to `base` is named relatively: undefined as soon
 * as one of them is not. `chain` is in order, top first.
 */
export function relativeBackingPath(chain: readonly Link[], top: number, base: number): string | undefined {
  let path: string | undefined;
  for (let index = top; index <= base; index += 1) {
    const relative = chain[index]?.relative;
    if (relative === undefined) return undefined;
    path = path === undefined ? relative : joined(path, relative);
  }
  if (path === undefined)
    throw storageError('INTERNAL_ERROR', 'failed to resolve relative backing name: base image is not in backing chain');
  return path;
}

/** The second path as seen from where the first one is used. */
const joined = (path: string, relative: string): string => `${path.slice(0, path.lastIndexOf('/') + 1)}${relative}`;
