import type { Socket } from 'node:net';
import { nativeServices } from '../native-services.js';
import { descriptorOf } from './descriptor-of.js';

/** A process and its user. */
export interface PeerIdentity {
  readonly pid: number;
  readonly uid: number;
  readonly gid: number;
}

/** Who connected to one of our unix sockets; undefined where native code is not installed. */
export async function peerIdentity(socket: Socket): Promise<PeerIdentity | undefined> {
  const native = await nativeServices();
  return native?.peerCredentials(descriptorOf(socket));
}
