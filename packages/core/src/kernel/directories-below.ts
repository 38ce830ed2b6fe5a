import { resolve } from 'node:path';
import type { Directories } from '../contract/services.js';

/** All directories below one, as `virtkitd --root` has them. */
export function directoriesBelow(root: string): Directories {
  const below = (path: string): string => resolve(root, path);
  return {
    config: below('etc/virtkit'),
    state: below('var/lib/virtkit'),
    run: below('run/virtkit'),
    log: below('var/log/virtkit'),
    cache: below('var/cache/virtkit'),
  };
}
