import type { ByteDuplex } from '@virtkit/core';
import type { Socket } from 'node:net';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { connect } from 'node:net';
import { ReadStream } from 'node:tty';
import { deferred } from '../../monitor/deferred.js';

/** A pseudo terminal of this host, both directions, without taking it as our own controlling terminal. */
export async function openTerminal(path: string): Promise<Socket> {
  const file = await open(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
  const stream = new ReadStream(file.fd);
  // The stream has a descriptor of its own where the kernel allows to open the terminal again; ours ends with it.
  stream.once('close', () => void file.close().catch(() => undefined));
  return stream;
}

/** A unix socket QEMU listens on. */
export function openSocket(path: string): Promise<Socket> {
  const { promise, resolve, reject } = deferred<Socket>();
  const socket = connect(path);
  socket.once('error', reject);
  socket.once('connect', () => {
    socket.off('error', reject);
    resolve(socket);
  });
  return promise;
}

/** Bytes as they come; a slow reader stops the guest's output, a guest that does not read stops the writer. */
export function duplexOf(stream: Socket): ByteDuplex {
  stream.on('error', () => undefined);
  return {
    incoming: incoming(stream),
    write: (chunk) => write(stream, chunk),
    close: () => end(stream),
  };
}

async function* incoming(stream: Socket): AsyncIterable<Uint8Array> {
  try {
    for await (const chunk of stream) yield chunk as Uint8Array; // no encoding is set, so chunks are buffers
  } catch {
    // A terminal whose other side closed reads as an error (EIO): the end of the stream.
  }
}

function write(stream: Socket, chunk: Uint8Array): Promise<void> {
  const { promise, resolve, reject } = deferred<void>();
  if (stream.destroyed) return Promise.reject(new Error('console is closed'));
  stream.write(chunk, (cause) => (cause ? reject(cause) : resolve()));
  return promise;
}

function end(stream: Socket): Promise<void> {
  const { promise, resolve } = deferred<void>();
  if (stream.closed) return Promise.resolve();
  stream.once('close', () => resolve());
  stream.destroy();
  return promise;
}
