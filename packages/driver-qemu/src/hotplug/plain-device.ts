import type { Device } from '@virtkit/core';
import type { Domain } from '@virtkit/schema';
import { controllerName, nextAlias } from '../command/aliases.js';
import type { CommandContext } from '../command/context.js';
import { controllerDevice } from '../command/controller.js';
import { evdevObject, inputDevice } from '../command/input.js';
import type { JsonObject } from '../command/json.js';
import { rngDevice, rngObject } from '../command/rng.js';
import { watchdogDevice } from '../command/watchdog.js';
import { virtError } from '../errors.js';
import { deviceContext } from './hotplug-context.js';
import { command, type Plugging } from './plugging.js';

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
export async function plugPlain(plugging: Plugging, device: PlainDevice): Promise<string> {
  const alias = (device.device.alias ??= newAlias(plugging.definition, device));
  const { objects, device: properties } = partsOf(device, await deviceContext(plugging));
  if (device.kind === 'watchdog') await watchdogAction(plugging, device);
  for (const object of objects) await command(plugging, 'object-add', object);
  try {
    if (properties !== undefined) await command(plugging, 'device_add', properties);
  } catch (cause) {
    const { monitor } = plugging.running;
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
  plugging: Plugging,
  { device }: Extract<PlainDevice, { kind: 'watchdog' }>,
): Promise<void> {
  const action = device.action === 'dump' ? 'pause' : (device.action ?? 'reset');
  await command(plugging, 'watchdog-set-action', { action });
}
