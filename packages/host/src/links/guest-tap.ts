import { closeSync } from 'node:fs';
import { nativeServices } from '../native-services.js';
import { type Links, type TapOptions, tapSettings } from './links.js';

/** A tap that exists as long as somebody holds one of its descriptors. */
export interface GuestTap extends Disposable {
  readonly name: string;
  /** One per queue, for the guest's process. */
  readonly fds: readonly number[];
}

/**
 * Opens a tap for a guest's process, which then needs no right to `/dev/net/tun`; when that process ends the tap is gone.
 * Disposing closes our copies of the descriptors. Undefined without native services: make a persistent tap with
 * `Links.createTap` instead and let the process open it by name.
 */
export async function openGuestTap(
  links: Links,
  name: string,
  options: TapOptions & { readonly queues?: number },
): Promise<GuestTap | undefined> {
  const native = await nativeServices();
  if (native === undefined) return undefined;
  const { queues = 1, vnetHeader = false } = options;
  const tap = native.openTap({ name, queues, vnetHeader });
  const close = (): void => {
    for (const fd of tap.fds) closeSync(fd);
  };
  try {
    const lines = tapSettings(tap.name, options);
    if (lines.length > 0) await links.batch(lines);
  } catch (error) {
    close();
    throw error;
  }
  return { ...tap, [Symbol.dispose]: close };
}
