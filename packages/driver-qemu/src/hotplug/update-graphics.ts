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
    throw virtError('DEVICE_MISSING', `cannot find existing graphics device to modify of type '${wanted.type}'`);
  if ((display.type !== 'vnc' && display.type !== 'spice') || (wanted.type !== 'vnc' && wanted.type !== 'spice')) {
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

type Networked = Extract<Graphics, { type: 'vnc' | 'spice' }>;
type Listen = Networked['listens'][number];

const refuse = (text: string): never => {
  throw virtError('OPERATION_UNSUPPORTED', `cannot change ${text}`);
};

/** Where a display is reached and what keyboard it expects stays as it was at the start. */
function refuseOther(display: Networked, wanted: Networked): void {
  const { type } = display;
  refuseListens(type, listensOf(display), listensOf(wanted));
  if (isMoved(display, wanted)) refuse(`port settings on ${type} graphics`);
  if (wanted.keymap !== display.keymap) refuse(`keymap setting on ${type} graphics`);
}

/** Without any it listens at the configured address. */
const listensOf = ({ listens }: Networked): readonly Listen[] => (listens.length > 0 ? listens : [{ type: 'address' }]);

function refuseListens(type: string, before: readonly Listen[], after: readonly Listen[]): void {
  if (before.length !== after.length) refuse(`the number of listen addresses on '${type}' graphics`);
  for (const [index, listen] of before.entries()) {
    const wanted = after[index];
    if (wanted?.type !== listen.type) return refuse(`the type of listen address on '${type}' graphics`);
    if (placeOf(wanted) !== placeOf(listen)) refuse(`listen ${listen.type} setting on '${type}' graphics`);
  }
}

function placeOf(listen: Listen): string | undefined {
  switch (listen.type) {
    case 'address':
      return listen.address;
    case 'network':
      return listen.network;
    case 'socket':
      return listen.socket;
    default:
      return undefined;
  }
}

function isMoved(display: Networked, wanted: Networked): boolean {
  const isAuto = display.autoport === true;
  if (isAuto !== (wanted.autoport === true)) return true;
  const tlsPort = (graphics: Networked) => (graphics.type === 'spice' ? graphics.tlsPort : undefined);
  return !isAuto && (display.port !== wanted.port || tlsPort(display) !== tlsPort(wanted));
}
