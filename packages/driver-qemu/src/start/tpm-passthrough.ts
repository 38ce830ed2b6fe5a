import { existsSync, openSync } from 'node:fs';
import { basename } from 'node:path';
import { closeAllFiles } from './close-files.js';
import { type Domain, systemErrorsFrom } from '@virtkit/schema';

const qemuFailure = systemErrorsFrom('QEMU');

/** A TPM of the host, open for QEMU. */
export interface OpenTpm {
  readonly alias: string;
  /** The device, then the file that ends a command in progress. */
  readonly fds: readonly [device: number, cancel: number];
}

/** The file of sysfs that cancels; where there is none, nothing can be cancelled. @libvirt virTPMCreateCancelPath */
function cancelFile(device: string): string {
  const name = basename(device);
  const found = [`/sys/class/tpm/${name}/device/cancel`, `/sys/class/misc/${name}/device/cancel`].find(existsSync);
  return found ?? '/dev/null';
}

/** Opens what QEMU's user may not. @throws `SYSTEM_ERROR` where a device is not there or in use */
export function openTpms({ devices }: Pick<Domain, 'devices'>): readonly OpenTpm[] {
  const opened: OpenTpm[] = [];
  try {
    for (const { alias, backend } of devices.tpms)
      if (backend.type === 'passthrough' && backend.device?.path !== undefined)
        opened.push(openTpm(alias ?? '', backend.device.path));
    return opened;
  } catch (cause) {
    closeAllFiles(opened.flatMap(({ fds }) => fds));
    throw cause;
  }
}

function openTpm(alias: string, path: string): OpenTpm {
  const device = openOr(path, `Could not open TPM device ${path}`);
  const cancel = cancelFile(path);
  try {
    return { alias, fds: [device, openOr(cancel, `Could not open TPM device's cancel path ${cancel}`)] };
  } catch (cause) {
    closeAllFiles([device]);
    throw cause;
  }
}

function openOr(path: string, failure: string): number {
  try {
    return openSync(path, path.startsWith('/sys/') ? 'w' : 'r+');
  } catch (cause) {
    throw qemuFailure(failure, cause);
  }
}
