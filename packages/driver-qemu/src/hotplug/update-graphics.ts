import type { Call } from '@virtkit/core';
import type { Graphics } from '@virtkit/schema';
import { virtError } from '../errors.js';
import { changeDefinition } from '../guests/change-guest.js';
import type { RunningGuest } from '../guests/find-guest.js';
import type { QemuServices } from '../guests/services.js';
import { asClientErrors } from '../monitor/qmp-failure.js';
import { passwordCommands } from '../start/settle.js';

/** Gives a display of a running guest another password; nothing else of it can change. */
export async function updateGraphics(
  services: QemuServices,
  { guest, monitor, definition }: RunningGuest,
  wanted: Graphics,
  call: Call,
): Promise<void> {
  const index = definition.devices.graphics.findIndex(({ type }) => type === wanted.type);
  const display = definition.devices.graphics[index];
  if (display === undefined)
    throw virtError('INTERNAL_ERROR', `cannot find existing graphics device to modify of type '${wanted.type}'`);
  if (display.type !== wanted.type || (wanted.type !== 'vnc' && wanted.type !== 'spice')) {
    throw virtError('INTERNAL_ERROR', `unable to change config on '${wanted.type}' graphics type`);
  }
  refuseOther(display, wanted);
  for (const { execute, arguments: args } of passwordCommands(wanted)) {
    await asClientErrors(monitor.execute(execute, args, call));
  }
  const { passwd, passwdValidTo, connected } = wanted;
  await changeDefinition(services, guest, (current) => {
    Object.assign(current.devices.graphics[index] ?? {}, { passwd, passwdValidTo, connected });
  });
}

function refuseOther(display: Graphics, wanted: Graphics): void {
  if (display.type !== 'vnc' || wanted.type !== 'vnc') return;
  const fixed = wanted.autoport === true || wanted.port === undefined || wanted.port === -1;
  if (!fixed && wanted.port !== display.port)
    throw virtError('CONFIG_UNSUPPORTED', 'cannot change port settings on vnc graphics');
  if (wanted.keymap !== undefined && wanted.keymap !== display.keymap) {
    throw virtError('CONFIG_UNSUPPORTED', 'cannot change keymap setting on vnc graphics');
  }
}
