import { statSync } from 'node:fs';

/** How the daemon is started. */
const startHint = (root: string | undefined): string =>
  root === undefined
    ? 'start it with virtkitd, or name another daemon with --root DIR or -c URI'
    : `start it with virtkitd --root '${root}'`;

/** Whose socket it is; nothing where that cannot be seen. */
function ownerOf(socket: string): string {
  try {
    const { uid, mode } = statSync(socket);
    return `it belongs to uid ${uid} (mode ${(mode & 0o777).toString(8).padStart(4, '0')}): `;
  } catch {
    return ''; // not to be seen: nothing is said of it
  }
}

/** What a person may do where the daemon cannot be reached; the words of the client say why. */
export function connectionHint(message: string, root: string | undefined): string | undefined {
  if (/is the daemon running\?$|^no daemon runs below /.test(message)) return startHint(root);
  const socket = /^cannot connect to (\/.*): this user may not open it$/.exec(message)?.[1];
  if (socket === undefined) return undefined;
  return `${ownerOf(socket)}become its owner, name a group of yours as "socketGroup" in virtkitd.json, or only look, with --readonly`;
}
