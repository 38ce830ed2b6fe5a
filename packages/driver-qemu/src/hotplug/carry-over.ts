import type { Domain } from '@virtkit/schema';

/**
 * What the guest itself may have changed while a definition was prepared is taken from the current one: states of ports
 * and trays, what the balloon left. Changes and returns `prepared`.
 */
export function carryOver(prepared: Domain, current: Domain): Domain {
  if (current.currentMemory !== undefined) prepared.currentMemory = current.currentMemory;
  for (const { alias, target } of prepared.devices.channels) {
    const now = current.devices.channels.find((channel) => channel.alias === alias)?.target;
    if (target?.type === 'virtio' && now?.type === 'virtio') target.state = now.state;
  }
  for (const disk of prepared.devices.disks) {
    const now = current.devices.disks.find(({ alias }) => alias === disk.alias);
    if (now === undefined) continue;
    if (now.target.tray === undefined) delete disk.target.tray;
    else disk.target.tray = now.target.tray;
  }
  return prepared;
}
