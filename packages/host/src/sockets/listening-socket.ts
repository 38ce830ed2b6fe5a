import { randomBytes } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { dirname, join } from 'node:path';
import { hostError, systemError } from '../errors.js';
import { descriptorOf } from './descriptor-of.js';

/** Bytes a unix socket path may have; Node cuts longer ones off silently. */
export const longestSocketPath = 107;

/** Throws when a unix socket cannot have this path, naming it. */
export function checkSocketPath(path: string): void {
  const length = Buffer.byteLength(path);
  if (length > longestSocketPath)
    throw hostError(
      'INTERNAL_ERROR',
      `UNIX socket path '${path}' too long (${length} bytes, at most ${longestSocketPath})`,
    );
}

/** A socket that listens under its path already, to be handed to a child. */
export interface ListeningSocket extends AsyncDisposable {
  readonly path: string;
  /** The descriptor to give to the child; valid until disposed. */
  readonly fd: number;
}

/**
 * Listens on `path`, so that whoever connects is served by the child that gets the descriptor: nobody can be too
 * early. A file at that path is replaced. Disposing closes our copy and leaves the socket to the child.
 */
export async function listeningSocket(path: string): Promise<ListeningSocket> {
  checkSocketPath(path);
  const temporary = temporaryPath(path);
  const server = createServer();
  await listen(server, temporary);
  try {
    await rename(temporary, path);
    const fd = descriptorOf(server);
    return { path, fd, [Symbol.asyncDispose]: () => close(server) };
  } catch (error) {
    await close(server);
    throw systemError(`Failed to create socket '${path}'`, error);
  }
}

/** Beside the socket and no longer than it, as the length of both is limited. */
function temporaryPath(path: string): string {
  const temporary = join(dirname(path), `.${randomBytes(3).toString('hex')}`);
  checkSocketPath(temporary);
  return temporary;
}

const listen = (server: Server, path: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error) => reject(systemError(`Failed to bind socket to '${path}'`, error)));
    server.listen(path, resolve);
  });

const close = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
