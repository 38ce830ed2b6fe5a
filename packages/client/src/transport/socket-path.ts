import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ConnectionError } from '../errors.js';
import type { RemoteUri } from '../uri.js';

const PATH_MAX = 107;

/** A session's own sockets: below the runtime directory of the user, else where virtkitd and libvirtd fall back to. */
function sessionSockets({ XDG_RUNTIME_DIR: runtime, XDG_CACHE_HOME: cache }: NodeJS.ProcessEnv): readonly string[] {
  const fallback = cache || join(homedir(), '.cache');
  const folders = runtime
    ? [join(runtime, 'virtkit'), join(runtime, 'libvirt')]
    : [join(fallback, 'virtkit', 'run'), join(fallback, 'libvirt')];
  return folders.map((folder) => join(folder, 'libvirt-sock'));
}

function candidates(session: boolean, readOnly: boolean, environment: NodeJS.ProcessEnv): readonly string[] {
  const file = readOnly ? 'libvirt-sock-ro' : 'libvirt-sock';
  return session ? sessionSockets(environment) : [`/run/virtkit/${file}`, `/run/libvirt/${file}`];
}

/**
 * The unix socket of a uri: its `socket` parameter, else the first that exists of virtkit's and libvirt's own.
 * @throws ConnectionError for a path Node would cut off silently
 */
export function socketPath(uri: RemoteUri, readOnly: boolean, environment = process.env): string {
  const known = candidates(uri.session, readOnly, environment);
  const path = uri.parameters.get('socket') ?? known.find((candidate) => existsSync(candidate)) ?? known[0] ?? '';
  if (Buffer.byteLength(path) > PATH_MAX)
    throw new ConnectionError(`socket path '${path}' is longer than ${PATH_MAX} bytes`);
  return path;
}
