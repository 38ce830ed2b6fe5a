import type { Call, Device } from '@virtkit/core';
import type { Domain } from '@virtkit/schema';
import { controllerName, nextAlias } from '../command/aliases.js';
import type { CommandContext } from '../command/context.js';
import { controllerDevice } from '../command/controller.js';
import { evdevObject, inputDevice } from '../command/input.js';
import type { JsonObject } from '../command/json.js';
import { rngDevice, rngObject } from '../command/rng.js';
import { watchdogDevice } from '../command/watchdog.js';
import { virtError } from '../errors.js';
import type { RunningGuest } from '../guests/find-guest.js';
import type { QemuServices } from '../guests/services.js';
import { asClientErrors } from '../monitor/qmp-failure.js';
import { hotplugContext } from './hotplug-context.js';

/** Devices that need nothing of the host but QEMU itself. */
type PlainDevice = Extract<Device, { kind: 'rng' | 'watchdog' | 'input' | 'controller' }>;
export const isPlain = (device: Device): device is PlainDevice =>
  device.kind === 'rng' || device.kind === 'watchdog' || device.kind === 'input' || device.kind === 'controller';

/** The commands that make a device: objects first. */
interface Parts {
  readonly objects: readonly JsonObject[];
  readonly device: JsonObject | undefined;
}

/** Plugs such a device into a running guest; its alias. */
export async function plugPlain(
  services: QemuServices,
  { monitor }: RunningGuest,
  definition: Domain,
  device: PlainDevice,
  call: Call,
): Promise<string> {
  const alias = (device.device.alias ??= newAlias(definition, device));
  const capabilities = await services.capabilities.of(definition.devices.emulator ?? '');
  const nodes = { of: () => undefined, filtersOf: () => [], backendOf: () => undefined };
  const { objects, device: properties } = partsOf(device, hotplugContext(services, definition, capabilities, nodes));
  if (device.kind === 'watchdog') await watchdogAction(monitor, device, call);
  for (const object of objects) await asClientErrors(monitor.execute('object-add', object, call));
  try {
    if (properties !== undefined) await asClientErrors(monitor.execute('device_add', properties, call));
  } catch (cause) {
    for (const object of objects) await monitor.execute('object-del', { id: object['id'] }).catch(() => undefined); // the first failure counts
    throw cause;
  }
  return alias;
}

function newAlias(definition: Domain, { kind, device }: PlainDevice): string {
  const { rngs, watchdogs, inputs } = definition.devices;
  const others = <T>(list: readonly T[]): readonly T[] => list.filter((entry) => entry !== device);
  if (kind === 'rng') return nextAlias(others(rngs), 'rng');
  if (kind === 'watchdog') return nextAlias(others(watchdogs), 'watchdog');
  return kind === 'input' ? nextAlias(others(inputs), 'input') : controllerName(device, definition);
}

function partsOf(device: PlainDevice, context: CommandContext): Parts {
  switch (device.kind) {
    case 'rng':
      if (device.device.backend.model === 'egd') throw unsupported('rng with an EGD backend');
      return { objects: [rngObject(device.device)], device: rngDevice(device.device, context) };
    case 'watchdog':
      return { objects: [], device: watchdogDevice(device.device, context) };
    case 'input':
      return device.device.type === 'evdev'
        ? { objects: [evdevObject(device.device)], device: undefined }
        : { objects: [], device: inputDevice(device.device, context) };
    case 'controller':
      if (device.device.type !== 'scsi' && device.device.type !== 'virtio-serial') {
        throw virtError('OPERATION_UNSUPPORTED', `'${device.device.type}' controller cannot be hotplugged`);
      }
      return { objects: [], device: controllerDevice(device.device, context) };
  }
}

const unsupported = (what: string): Error =>
  virtError('OPERATION_UNSUPPORTED', `live attach of device '${what}' is not supported`);

async function watchdogAction(
  monitor: RunningGuest['monitor'],
  { device }: Extract<PlainDevice, { kind: 'watchdog' }>,
  call: Call,
): Promise<void> {
  const action = device.action === 'dump' ? 'pause' : (device.action ?? 'reset');
  await asClientErrors(monitor.execute('watchdog-set-action', { action }, call));
}
