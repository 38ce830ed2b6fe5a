import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ConnectionError } from '../errors.js';
import type { RemoteUri } from '../uri.js';

const PATH_MAX = 107;

function candidates(session: boolean, readOnly: boolean): readonly string[] {
  const file = readOnly ? 'libvirt-sock-ro' : 'libvirt-sock';
  if (!session) return [`/run/virtkit/${file}`, `/run/libvirt/${file}`];
  const runtime = process.env.XDG_RUNTIME_DIR ?? join(homedir(), '.cache');
  return [join(runtime, 'virtkit', 'libvirt-sock'), join(runtime, 'libvirt', 'libvirt-sock')];
}

/**
 * The unix socket of a uri: its `socket` parameter, else the first that exists of virtkit's and libvirt's own.
 * @throws ConnectionError for a path Node would cut off silently
 */
export function socketPath(uri: RemoteUri, readOnly: boolean): string {
  const known = candidates(uri.session, readOnly);
  const path = uri.parameters.get('socket') ?? known.find((candidate) => existsSync(candidate)) ?? known[0] ?? '';
  if (Buffer.byteLength(path) > PATH_MAX)
    throw new ConnectionError(`socket path '${path}' is longer than ${PATH_MAX} bytes`);
  return path;
}
