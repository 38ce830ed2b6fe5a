import { errnoOf } from '@virtkit/schema';
import { createServer } from 'node:net';
import { hostError, systemError } from '../errors.js';

/** Held until disposed or until the process ends, however it ends: the kernel frees it. */
export type HostLock = AsyncDisposable;

/** Takes a lock of this name for the whole network namespace; undefined when another process holds it. */
export async function abstractLock(name: string): Promise<HostLock | undefined> {
  const address = `\0${name}`;
  if (Buffer.byteLength(address) > 107) throw hostError('INTERNAL_ERROR', `lock name '${name}' too long`);
  const server = createServer((socket) => socket.destroy());
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(address, resolve);
    });
  } catch (error) {
    if (errnoOf(error) === 'EADDRINUSE') return undefined;
    throw systemError(`cannot lock '${name}'`, error);
  }
  server.unref();
  return { [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(() => resolve())) };
}
