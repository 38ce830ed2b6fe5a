import { randomBytes } from 'node:crypto';
import { chown, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ByteSource, Call } from '@virtkit/core';
import type { Domain } from '@virtkit/schema';
import { virtError } from '../../errors.js';
import type { RunningGuest } from '../../guests/find-guest.js';
import type { QemuServices } from '../../guests/services.js';
import { isCommandError } from '../../monitor/qmp-error.js';

/**
 * A picture of one screen: PNG, or PPM where QEMU is too old for PNG. QEMU writes it into its own folder; the file has
 * no name any more when the first byte is read.
 */
export async function takeScreenshot(
  services: QemuServices,
  { definition, monitor, runtime }: RunningGuest,
  screen: number,
  call: Call,
): Promise<{ readonly mimeType: string; readonly source: ByteSource }> {
  const device = screenDevice(definition, screen);
  const path = join(runtime.folder, `screendump-${randomBytes(6).toString('hex')}`);
  await prepare(services, path);
  try {
    const mimeType = await dump(monitor, path, device, call);
    return { mimeType, source: await reading(path) };
  } finally {
    await rm(path, { force: true });
  }
}

/** QEMU may write the file, but not make one in a folder that is ours. */
async function prepare({ user }: QemuServices, path: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  await file.close();
  if (user !== undefined) await chown(path, user.uid, user.gid);
}

async function dump(monitor: RunningGuest['monitor'], path: string, device: object, call: Call): Promise<string> {
  try {
    await monitor.execute('screendump', { filename: path, format: 'png', ...device }, call);
    return 'image/png';
  } catch (cause) {
    if (!isCommandError(cause) || !/Parameter 'format' is unexpected|PNG support/.test(cause.message)) throw cause;
    await monitor.execute('screendump', { filename: path, ...device }, call);
    return 'image/x-portable-pixmap';
  }
}

async function reading(path: string): Promise<ByteSource> {
  const file = await open(path, 'r');
  return {
    kind: 'file',
    file: { fd: file.fd, [Symbol.asyncDispose]: () => file.close() },
    range: { offset: 0n },
    sparse: false,
  };
}

/** Screens are the heads of the video devices, one after the other. */
function screenDevice({ devices }: Domain, screen: number): object {
  let first = 0;
  for (const video of devices.videos) {
    const heads = video.model.heads ?? 1;
    if (screen < first + heads) {
      if (screen === 0) return {};
      return { device: video.alias, head: screen - first };
    }
    first += heads;
  }
  if (first === 0) throw virtError('OPERATION_INVALID', 'no screens to take screenshot from');
  throw virtError('OPERATION_INVALID', 'no such screen ID');
}
