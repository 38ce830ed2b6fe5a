import { Buffer } from 'node:buffer';
import { Socket } from 'node:net';

/** Bytes taken from a client in one turn of the event loop: a whole frame of a stream fits. */
const READ_BYTES = 1 << 18;

/** A client's socket, and where its bytes go. */
export interface ReadingSocket {
  readonly socket: Socket;
  /** Called with every piece that arrives: the first `length` bytes of `chunk`, used again as soon as this returns. */
  onBytes: (chunk: Buffer, length: number) => void;
}

/**
 * Lets all clients of a listener read into one piece of memory. Node offers that (`onread`) for sockets one makes
 * oneself only, so an accepted socket hands its handle over to one of those; where a Node without that handle is met,
 * the bytes come as events, which costs an allocation for each.
 */
export function readBuffer(): (accepted: Socket) => ReadingSocket {
  const buffer = Buffer.allocUnsafeSlow(READ_BYTES);
  return (accepted) => {
    const handle: unknown = Reflect.get(accepted, '_handle');
    return isHandle(handle) ? moved(accepted, handle, buffer) : asEvents(accepted);
  };
}

const isHandle = (handle: unknown): handle is object =>
  typeof handle === 'object' && handle !== null && typeof Reflect.get(handle, 'useUserBuffer') === 'function';

function moved(accepted: Socket, handle: object, buffer: Buffer): ReadingSocket {
  Reflect.set(accepted, '_handle', null);
  const callback = (count: number): boolean => {
    reading.onBytes(buffer, count);
    return true;
  };
  // `handle` and `onread` together are what Node itself passes for sockets it makes; the types know only the second.
  const options = { handle, onread: { buffer, callback }, readable: true, writable: true };
  const socket = Reflect.construct(Socket, [options]) as Socket;
  const reading: ReadingSocket = { socket, onBytes: () => undefined };
  return reading;
}

function asEvents(socket: Socket): ReadingSocket {
  const reading: ReadingSocket = { socket, onBytes: () => undefined };
  socket.on('data', (chunk: Buffer) => reading.onBytes(chunk, chunk.length));
  return reading;
}
