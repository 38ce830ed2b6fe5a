import { fileTree } from '@virtkit/host';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { driverCall } from './driver-call.js';
import type { Guest } from './guest.js';
import type { QemuServices } from './services.js';
import { startDefined } from './start-guest.js';

/** Once per boot of the host: a restarted daemon does not start again what somebody stopped. Never rejects. */
export async function autostart(services: QemuServices): Promise<void> {
  if (!(await isFirstOfBoot(services))) return;
  for (const guest of services.store.all()) {
    const once = services.autostartOnce.has(guest.name);
    if (guest.active || !(guest.autostart || once)) continue;
    await startMarked(services, guest).catch((cause: unknown) =>
      services.logger.error('Failed to autostart VM', { name: guest.name, cause }),
    );
  }
}

async function startMarked(services: QemuServices, guest: Guest): Promise<void> {
  await services.autostartOnce.set(guest.name, false);
  await startDefined(services, guest, {}, driverCall());
}

async function isFirstOfBoot({ paths, host, logger }: QemuServices): Promise<boolean> {
  const mark = join(paths.runDir, 'autostarted');
  const boot = fileTree().text('proc/sys/kernel/random/boot_id') ?? '';
  const marked = await readFile(mark, 'utf8').catch(() => undefined); // absent: nobody did yet
  if (marked === boot) return false;
  await host.files
    .write(mark, boot, { survives: 'daemon' })
    .catch((cause: unknown) => logger.warning('that guests were autostarted cannot be noted', { mark, cause }));
  return true;
}
