import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Directories } from '@virtkit/core';

/** Where everything lies: system, session, or all of it below one root. Absolute. */
export function directoriesFor(
  { root, session }: { readonly root: string | undefined; readonly session: boolean },
  environment: NodeJS.ProcessEnv,
): Directories {
  if (root !== undefined) return systemDirectories(resolve(root));
  return session ? sessionDirectories(environment) : systemDirectories('/');
}

const systemDirectories = (root: string): Directories => ({
  config: join(root, 'etc/virtkit'),
  state: join(root, 'var/lib/virtkit'),
  run: join(root, 'run/virtkit'),
  log: join(root, 'var/log/virtkit'),
  cache: join(root, 'var/cache/virtkit'),
});

function sessionDirectories(environment: NodeJS.ProcessEnv): Directories {
  const xdg = (name: string, fallback: string): string =>
    join(environment[name] || join(homedir(), fallback), 'virtkit');
  const cache = xdg('XDG_CACHE_HOME', '.cache');
  return {
    config: xdg('XDG_CONFIG_HOME', '.config'),
    state: xdg('XDG_DATA_HOME', '.local/share'),
    run: environment['XDG_RUNTIME_DIR'] ? xdg('XDG_RUNTIME_DIR', '') : join(cache, 'run'),
    log: join(cache, 'log'),
    cache,
  };
}

/** Makes them where they are missing. What may hold secrets is for the daemon's user alone; sockets are reached by others. */
export function makeDirectories({ config, state, run, log, cache }: Directories): void {
  const closed = { recursive: true, mode: 0o700 };
  const open = { recursive: true, mode: 0o755 };
  for (const directory of [state, run, log, cache]) mkdirSync(directory, open);
  mkdirSync(config, closed);
}
