import type { Disk } from '@virtkit/schema';
import { virtError } from '../errors.js';
import { changeLive } from '../guests/change-guest.js';
import { hasMedium } from '../guests/disk-source.js';
import { diskFiles } from '../start/plan-start.js';
import { carryOver } from './carry-over.js';
import { openImages } from './block-nodes.js';
import { diskNodes } from './disk-nodes.js';
import { command, type Plugging } from './plugging.js';
import { removeNodes, returnFiles } from './release-device.js';

/** Puts another medium, or none, into a drive of a running guest. `force` opens a tray the guest has locked. */
export async function changeMedium(
  { services, running, call }: Omit<Plugging, 'definition'>,
  target: string,
  wanted: Disk,
  options: { readonly force: boolean },
): Promise<void> {
  const { guest, monitor, live } = running;
  const definition = structuredClone(running.definition);
  const drive = definition.devices.disks.find((disk) => disk.target.dev === target);
  if (drive?.alias === undefined) throw virtError('INTERNAL_ERROR', `No device found for ${target}`);
  const before = structuredClone(drive);
  replaceSource(drive, wanted);
  const plugging = { services, running, definition, call };
  const images = hasMedium(drive) ? await openImages(plugging, drive) : undefined;
  try {
    await swap(plugging, { id: drive.alias, force: options.force }, images?.node);
  } catch (cause) {
    await images?.undo();
    throw cause;
  }
  await removeNodes(monitor, diskNodes(before));
  await returnFiles(
    services,
    guest,
    diskFiles(before, new Map()).map(({ path }) => path),
  );
  await live.settled();
  await changeLive(services, guest, (_runtime, current) => ({ definition: carryOver(definition, current) }));
}

/** Source, format and what is said of the medium; the drive itself stays. */
export function replaceSource(drive: Disk, wanted: Disk): void {
  drive.source = structuredClone(wanted.source);
  delete drive.backingStore;
  if (wanted.backingStore !== undefined) drive.backingStore = structuredClone(wanted.backingStore);
  if (wanted.driver !== undefined) drive.driver = { ...drive.driver, ...wanted.driver };
  else if (drive.driver !== undefined) delete drive.driver.type;
}

async function swap(
  plugging: Plugging,
  { id, force }: { readonly id: string; readonly force: boolean },
  node: string | undefined,
): Promise<void> {
  await command(plugging, 'blockdev-open-tray', { id, force });
  await command(plugging, 'blockdev-remove-medium', { id });
  if (node !== undefined) await command(plugging, 'blockdev-insert-medium', { id, 'node-name': node });
  await command(plugging, 'blockdev-close-tray', { id });
}
