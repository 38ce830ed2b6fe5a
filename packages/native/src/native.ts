import { type Cpuid, loadCpuid } from './cpuid.js';
import { receiveDescriptors, sendDescriptors, type Received } from './descriptors.js';
import type { Libc } from './libc.js';
import { peerCredentials, type PeerCredentials } from './peer-credentials.js';
import { socketPair } from './socket-pair.js';
import { openTap, type OpenTap, type TapRequest } from './tap.js';

/** What Node cannot do by itself. Failed calls throw errors with `code`, as Node's own. */
export interface Native {
  peerCredentials(socket: number): PeerCredentials;
  openTap(request: TapRequest): OpenTap;
  socketPair(): readonly [one: number, other: number];
  sendDescriptors(socket: number, data: Uint8Array, fds: readonly number[]): number;
  receiveDescriptors(socket: number, size: number): Received | undefined;
  /** Undefined on processors that have no such instruction. */
  readonly cpuid: Cpuid | undefined;
}

/** Loads the C library through koffi; undefined where koffi is not installed or cannot be loaded. */
export async function loadNative(): Promise<Native | undefined> {
  try {
    const { loadLibc } = await import('./libc.js');
    return nativeOver(loadLibc());
  } catch {
    return undefined;
  }
}

const nativeOver = (libc: Libc): Native => ({
  peerCredentials: (socket) => peerCredentials(libc, socket),
  openTap: (request) => openTap(libc, request),
  socketPair: () => socketPair(libc),
  sendDescriptors: (socket, data, fds) => sendDescriptors(libc, socket, data, fds),
  receiveDescriptors: (socket, size) => receiveDescriptors(libc, socket, size),
  cpuid: loadCpuid(),
});
