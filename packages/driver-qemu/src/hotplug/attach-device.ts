import type { Device } from '@virtkit/core';
import type { Disk } from '@virtkit/schema';
import { diskAlias } from '../command/aliases.js';
import { diskDevice } from '../command/disk-device.js';
import { virtError } from '../errors.js';
import { changeLive, emit } from '../guests/change-guest.js';
import { isDrive } from '../guests/disk-source.js';
import { openImages } from './block-nodes.js';
import { carryOver } from './carry-over.js';
import { isPlain, plugPlain } from './plain-device.js';
import { plugInterface } from './plug-interface.js';
import { command, type Plugging } from './plugging.js';

/** Plugs a device into a running guest. The definition becomes the live one when QEMU has taken the device. */
export async function attachLive(plugging: Plugging, device: Device): Promise<void> {
  const { services, running, definition } = plugging;
  const alias = await plug(plugging, device);
  await changeLive(services, running.guest, (_runtime, current) => ({ definition: carryOver(definition, current) }));
  emit(services, running.guest, { type: 'deviceAdded', alias });
}

function plug(plugging: Plugging, device: Device): Promise<string> {
  if (device.kind === 'disk') return plugDisk(plugging, device.device);
  if (device.kind === 'interface') return plugInterface(plugging, device.device);
  if (isPlain(device)) return plugPlain(plugging, device);
  throw virtError('OPERATION_UNSUPPORTED', `live attach of device '${device.kind}' is not supported`);
}

const fixedBuses = ['ide', 'sata', 'fdc', 'sd'] as const;

/** @throws `OPERATION_UNSUPPORTED` for a disk on a bus that is wired at the start. */
export function refuseFixedBus(disk: Disk): void {
  const found = fixedBuses.find((fixed) => fixed === disk.target.bus);
  if (found === undefined) return;
  throw virtError(
    'OPERATION_UNSUPPORTED',
    isDrive(disk) && found !== 'sd'
      ? `disk device='${disk.device}' cannot be attached to bus '${found}' of a running guest`
      : `disk bus '${found}' cannot be hotplugged.`,
  );
}

async function plugDisk(plugging: Plugging, disk: Disk): Promise<string> {
  disk.alias ??= diskAlias(disk, plugging.definition);
  const images = await openImages(plugging, disk);
  try {
    await command(plugging, 'device_add', diskDevice(disk, images.node, images.context));
  } catch (cause) {
    await images.undo();
    throw cause;
  }
  return disk.alias;
}
