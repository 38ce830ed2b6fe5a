import { mkdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import type { DaemonSocket } from '@virtkit/daemon';
import { errorsFrom } from '@virtkit/schema';
import type { InheritedSocket } from './activation.js';

const configError = errorsFrom('CONF');

export interface SocketPlan {
  /** The runtime directory. */
  readonly run: string;
  readonly inherited: readonly InheritedSocket[];
  /** Group that may use the read-write socket. */
  readonly group: string | undefined;
  /** Listen on libvirt's own names too, where nobody does. */
  readonly libvirtNames: boolean;
}

const LIBVIRT_RUN = '/run/libvirt';

/** The sockets to listen on; a socket the service manager made takes the place of ours. */
export async function plannedSockets({
  run,
  inherited,
  group,
  libvirtNames,
}: SocketPlan): Promise<readonly DaemonSocket[]> {
  const gid = group === undefined ? undefined : groupId(group);
  const folders = [run];
  if (libvirtNames && (await isFree(join(LIBVIRT_RUN, 'libvirt-sock')))) {
    mkdirSync(LIBVIRT_RUN, { recursive: true, mode: 0o755 });
    folders.push(LIBVIRT_RUN);
  }
  const own = folders.flatMap((folder) => socketsIn(folder, gid));
  const handed = inherited.map(({ fd, path, role }) => ({ fd, path, role, mode: 0 }));
  return [...handed, ...own.filter(({ path }) => !handed.some((socket) => socket.path === path))];
}

function socketsIn(folder: string, gid: number | undefined): readonly DaemonSocket[] {
  const group = gid === undefined ? {} : { gid };
  return [
    { path: join(folder, 'libvirt-sock'), role: 'read-write', mode: gid === undefined ? 0o600 : 0o660, ...group },
    { path: join(folder, 'libvirt-sock-ro'), role: 'read-only', mode: 0o777, ...group },
    { path: join(folder, 'libvirt-admin-sock'), role: 'admin', mode: 0o600 },
  ];
}

/** Whether nobody answers there. */
function isFree(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(false);
    });
    socket.once('error', () => resolve(true));
  });
}

/** @throws VirtError when the group does not exist */
function groupId(name: string): number {
  for (const line of readFileSync('/etc/group', 'utf8').split('\n')) {
    const [group, , gid] = line.split(':');
    if (group === name && gid !== undefined) return Number(gid);
  }
  throw configError('CONF_SYNTAX', `there is no group '${name}'`);
}

export const mainSocket = (sockets: readonly DaemonSocket[], run: string): string =>
  sockets.find(({ role, path }) => role === 'read-write' && dirname(path) === run)?.path ?? sockets[0]?.path ?? '';
