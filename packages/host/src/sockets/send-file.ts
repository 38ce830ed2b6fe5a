import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { errnoOf } from '@virtkit/schema';
import { hostError } from '../errors.js';
import { nativeServices } from '../native-services.js';
import { descriptorOf } from './descriptor-of.js';

/** Milliseconds until a socket that is full is tried again. */
const retryMs = 5;

/**
 * Sends a descriptor with one byte of its own; the caller keeps the descriptor. Everything written to the socket before
 * must have left. @throws INTERNAL_ERROR where native code is not installed, and what the system says otherwise
 */
export async function sendFile(socket: Socket, fd: number): Promise<void> {
  const native = await nativeServices();
  if (native === undefined) throw hostError('INTERNAL_ERROR', 'descriptors cannot be passed: no native code');
  const byte = Buffer.alloc(1);
  for (;;) {
    try {
      native.sendDescriptors(descriptorOf(socket), byte, [fd]);
      return;
    } catch (cause) {
      if (errnoOf(cause) !== 'EAGAIN') throw cause;
    }
    await sleep(retryMs);
  }
}

/** Whether this process can pass descriptors to others. */
export const passesFiles = async (): Promise<boolean> => (await nativeServices()) !== undefined;
