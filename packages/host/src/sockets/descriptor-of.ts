import type { Server, Socket } from 'node:net';
import { hostError } from '../errors.js';

/** Number of the descriptor of an open socket. Node keeps it in an undocumented field, stable since Node 0.x. */
export function descriptorOf(socket: Socket | Server): number {
  const handle: unknown = Reflect.get(socket, '_handle');
  const fd: unknown = typeof handle === 'object' && handle !== null ? Reflect.get(handle, 'fd') : undefined;
  if (typeof fd !== 'number' || fd < 0)
    throw hostError('INTERNAL_ERROR', 'this version of Node gives no descriptor of a socket');
  return fd;
}
