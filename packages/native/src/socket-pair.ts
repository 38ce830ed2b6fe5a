import { failure } from './failure.js';
import type { Libc } from './libc.js';

const unixDomain = 1;
const stream = 1;
const closeOnExec = 0o2000000;

/** Two connected unix stream sockets, close-on-exec, both the caller's to close. */
export function socketPair(libc: Libc): readonly [one: number, other: number] {
  const pair = Buffer.alloc(8);
  if (libc.socketpair(unixDomain, stream | closeOnExec, 0, pair) !== 0) throw failure(libc, 'socketpair');
  return [pair.readInt32LE(0), pair.readInt32LE(4)];
}
