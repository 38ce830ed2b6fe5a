import type { Disk } from '@virtkit/schema';
import { flagAt, textAt } from '../monitor/json-reading.js';
import { aliasOfPath } from '../monitor/queries/blocks.js';
import { diskPath } from './disk-source.js';
import { changeDefinition, emit } from './change-guest.js';
import type { EventContext } from './event-context.js';
import { removeDevice } from '../hotplug/remove-device.js';
import type { Guest } from './guest.js';

const diskOf = (guest: Guest, alias: string | undefined): Disk | undefined =>
  guest.current().devices.disks.find((disk) => disk.alias === alias);

/** A disk could not be read or written; QEMU may have paused the guest for it. */
export function ioError({ services, guest, live, event }: EventContext): void {
  const alias =
    aliasOfPath(textAt(event.data, 'qom-path') ?? '') ?? (textAt(event.data, 'device') ?? '').replace(/^drive-/, '');
  const disk = diskOf(guest, alias);
  const action = textAt(event.data, 'action') ?? 'ignore';
  if (action === 'stop') live.pausing = 'ioerror';
  const reason = flagAt(event.data, 'nospace') ? 'enospc' : '';
  emit(services, guest, {
    type: 'ioError',
    path: (disk && diskPath(disk)) ?? '',
    alias,
    action: action === 'stop' ? 'pause' : action === 'report' ? 'report' : 'none',
    reason,
  });
}

/** A tray was opened or closed; an open one holds no medium any more. */
export async function trayMoved({ services, guest, event }: EventContext): Promise<void> {
  const alias = textAt(event.data, 'id') ?? textAt(event.data, 'device') ?? '';
  const open = flagAt(event.data, 'tray-open');
  if (diskOf(guest, alias) === undefined) return;
  await changeDefinition(services, guest, (definition) => {
    const disk = definition.devices.disks.find((candidate) => candidate.alias === alias);
    if (disk === undefined) return;
    if (open) disk.target.tray = 'open';
    else delete disk.target.tray;
  });
  emit(services, guest, { type: 'trayChange', alias, reason: open ? 'open' : 'close' });
}

/** QEMU let go of a device. Who asked for it takes it out of the definition; one the guest gave back is ours to remove. */
export async function deviceDeleted({ services, guest, live, event }: EventContext): Promise<void> {
  const alias = textAt(event.data, 'device');
  if (alias === undefined) return;
  const waiting = live.unplugs.get(alias);
  if (waiting !== undefined) return waiting(true);
  await removeDevice(services, guest, live, alias);
}
