import { readFileSync, readlinkSync } from 'node:fs';
import type { SocketRole } from '@virtkit/daemon';

/** A listening socket the service manager made. */
export interface InheritedSocket {
  readonly fd: number;
  readonly path: string;
  readonly role: SocketRole;
}

const FIRST_FD = 3;

/**
 * The sockets systemd handed over, if any; what tells of them is removed from the environment, so that no child takes
 * them for its own.
 */
export function inheritedSockets(environment: NodeJS.ProcessEnv, pid = process.pid): readonly InheritedSocket[] {
  const count = Number(environment['LISTEN_PID']) === pid ? Number(environment['LISTEN_FDS'] ?? 0) : 0;
  for (const name of ['LISTEN_PID', 'LISTEN_FDS', 'LISTEN_FDNAMES']) delete environment[name];
  return Array.from({ length: count }, (_, index) => describe(FIRST_FD + index));
}

function describe(fd: number): InheritedSocket {
  const path = pathOf(fd);
  return { fd, path, role: roleOf(path) };
}

/** Unix sockets are told apart by their names, as units name them. */
function roleOf(path: string): SocketRole {
  if (path.endsWith('-ro')) return 'read-only';
  return path.includes('admin') ? 'admin' : 'read-write';
}

/** The kernel lists the name of every unix socket under its inode. */
function pathOf(fd: number): string {
  const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/self/fd/${fd}`))?.[1];
  for (const line of readFileSync('/proc/net/unix', 'utf8').split('\n')) {
    const fields = line.trim().split(/\s+/);
    if (inode !== undefined && fields[6] === inode) return fields[7] ?? '';
  }
  return '';
}
