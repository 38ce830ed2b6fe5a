import { chmodSync, chownSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { readBuffer, type ReadingSocket } from './read-buffer.js';
import { checkSocketPath } from '@virtkit/host';
import { errorsFrom } from '@virtkit/schema';

const rpcError = errorsFrom('RPC');

/** Where clients may knock, and who may reach it. */
export interface SocketAddress {
  readonly path: string;
  /** File mode, `0o600` and the like. */
  readonly mode: number;
  /** Group that owns the socket. */
  readonly gid?: number;
  /** A listening descriptor handed over by the service manager, used instead of making one. */
  readonly fd?: number;
}

/** A listening socket; disposing stops new clients and removes the file. */
export interface Listener extends AsyncDisposable {
  readonly path: string;
  /** Stops and resumes taking new clients; they wait in the kernel meanwhile. */
  readonly server: Server;
}

/**
 * Listens on a unix socket. A file already there is replaced: whoever calls this holds the daemon's lock.
 * @throws VirtError naming the path when it is too long or cannot be bound
 */
export async function listen(address: SocketAddress, onClient: (client: ReadingSocket) => void): Promise<Listener> {
  checkSocketPath(address.path);
  const reading = readBuffer();
  const server = createServer({ pauseOnConnect: true }, (socket) => onClient(reading(socket)));
  try {
    await bind(server, address);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw rpcError('SYSTEM_ERROR', `Failed to bind socket to '${address.path}': ${why}`, { cause: error });
  }
  // Too many open files at accept: Node has dropped that client already, the others go on.
  server.on('error', () => undefined);
  return { path: address.path, server, [Symbol.asyncDispose]: async () => stop(server, address) };
}

function bind(server: Server, address: SocketAddress): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    const listening = (): void => {
      server.off('error', reject);
      resolve();
    };
    if (address.fd !== undefined) server.listen({ fd: address.fd }, listening);
    else bindPath(server, address, listening);
  });
}

/** Nobody else can connect between bind and chmod: the file is made for its owner alone. */
function bindPath(server: Server, { path, mode, gid }: SocketAddress, listening: () => void): void {
  rmSync(path, { force: true });
  const umask = process.umask(0o177);
  try {
    server.listen({ path, backlog: 1000 }, listening);
  } finally {
    process.umask(umask);
  }
  if (!server.listening) return;
  if (gid !== undefined) chownSync(path, process.getuid?.() ?? -1, gid);
  chmodSync(path, mode);
}

function stop(server: Server, { path, fd }: SocketAddress): void {
  // Its callback would wait for clients that moved to sockets of their own; the descriptor is closed at once.
  server.close();
  if (fd === undefined) rmSync(path, { force: true });
}
