import { failure } from './failure.js';
import type { Libc } from './libc.js';

export interface PeerCredentials {
  readonly pid: number;
  readonly uid: number;
  readonly gid: number;
}
const socketLevel = 1;
const peerCredentialsOption = 17;

/** Who connected: the process and user at the other end of a connected unix socket, when it connected. */
export function peerCredentials(libc: Libc, socket: number): PeerCredentials {
  const answer = Buffer.alloc(12);
  const length: [number] = [answer.length];
  if (libc.getsockopt(socket, socketLevel, peerCredentialsOption, answer, length) !== 0)
    throw failure(libc, 'getsockopt');
  return { pid: answer.readInt32LE(0), uid: answer.readUInt32LE(4), gid: answer.readUInt32LE(8) };
}
