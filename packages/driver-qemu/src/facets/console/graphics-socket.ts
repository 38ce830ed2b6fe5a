import { closeSync } from 'node:fs';
import type { OpenFile } from '@virtkit/core';
import type { Graphics } from '@virtkit/schema';
import { virtError } from '../../errors.js';
import type { RunningGuest } from '../../guests/find-guest.js';
import type { QemuServices } from '../../guests/services.js';

/** The name QEMU knows the descriptor by until a display takes it. */
const fileName = 'graphicsfd';

export interface GraphicsOptions {
  /** Without the password of the display. */
  readonly skipAuth?: boolean;
}

/**
 * A socket that talks to a display as if a client had connected to its port.
 * @throws VirtError where there is no such display, or one that takes no clients this way
 */
export async function openGraphics(
  services: QemuServices,
  { definition, monitor }: RunningGuest,
  index: number,
  options: GraphicsOptions & { readonly signal: AbortSignal },
): Promise<OpenFile> {
  const protocol = protocolOf(definition.devices.graphics[index], index);
  const native = await services.native();
  if (native === undefined)
    throw virtError('OPERATION_UNSUPPORTED', 'descriptors cannot be passed: @virtkit/native is not installed');
  const [ours, theirs] = native.socketPair();
  try {
    await monitor.passFile(fileName, (socket, data) => native.sendDescriptors(socket, data, [theirs]));
    const client = { protocol, fdname: fileName, skipauth: options.skipAuth === true };
    await monitor.execute('add_client', client, options);
    return { fd: ours, [Symbol.asyncDispose]: async () => closeSync(ours) };
  } catch (cause) {
    closeSync(ours);
    await monitor.execute('closefd', { fdname: fileName }).catch(() => undefined); // it may never have arrived
    throw cause;
  } finally {
    closeSync(theirs);
  }
}

/** The name QEMU has for the clients of a display. @throws VirtError where it takes none this way */
export function protocolOf(graphics: Graphics | undefined, index: number): string {
  if (graphics === undefined) throw virtError('INTERNAL_ERROR', `No graphics backend with index ${index}`);
  if (graphics.type === 'vnc' || graphics.type === 'spice') return graphics.type;
  if (graphics.type === 'dbus' && graphics.p2p === true) return '@dbus-display';
  throw virtError('INTERNAL_ERROR', `Can only open VNC, SPICE or D-Bus p2p graphics backends, not ${graphics.type}`);
}
