import { closeSync } from 'node:fs';
import type { Call, Device } from '@virtkit/core';
import type { Disk, Domain, NetworkInterface } from '@virtkit/schema';
import { diskAlias, nextAlias } from '../command/aliases.js';
import { diskDevice } from '../command/disk-device.js';
import { interfaceBackend } from '../command/interface-backend.js';
import { interfaceDevice } from '../command/interface-device.js';
import { virtError } from '../errors.js';
import { changeLive, changeRuntime, emit } from '../guests/change-guest.js';
import type { RunningGuest } from '../guests/find-guest.js';
import type { QemuServices } from '../guests/services.js';
import { asClientErrors } from '../monitor/qmp-failure.js';
import { tapProperties } from '../start/command-line.js';
import { openTap, type OpenedTap } from '../start/network-open.js';
import { planTap } from '../start/network-plan.js';
import type { PlannedTap } from '../start/plan.js';
import { openImages } from './block-nodes.js';
import { hotplugContext } from './hotplug-context.js';
import { isPlain, plugPlain } from './plain-device.js';
import { releaseLink } from './release-device.js';
import { carryOver } from './carry-over.js';

/**
 * Plugs a device into a running guest. `definition` is a completed copy of the live one that holds the device; it
 * becomes the live one when QEMU has taken the device.
 */
export async function attachLive(
  services: QemuServices,
  running: RunningGuest,
  definition: Domain,
  device: Device,
  call: Call,
): Promise<void> {
  const alias = await plug(services, running, definition, device, call);
  await changeLive(services, running.guest, (_runtime, current) => ({ definition: carryOver(definition, current) }));
  emit(services, running.guest, { type: 'deviceAdded', alias });
}

function plug(
  services: QemuServices,
  running: RunningGuest,
  definition: Domain,
  device: Device,
  call: Call,
): Promise<string> {
  if (device.kind === 'disk') return plugDisk(services, running, definition, device.device, call);
  if (device.kind === 'interface') return plugInterface(services, running, definition, device.device, call);
  if (isPlain(device)) return plugPlain(services, running, definition, device, call);
  throw virtError('OPERATION_UNSUPPORTED', `live attach of device '${device.kind}' is not supported`);
}

const fixedBuses = ['ide', 'sata', 'fdc', 'sd'] as const;

/** @throws `OPERATION_UNSUPPORTED` for a disk on a bus that is wired at the start. */
export function refuseFixedBus({ device, target: { bus } }: Disk): void {
  const found = fixedBuses.find((fixed) => fixed === bus);
  if (found === undefined) return;
  const isDrive = device === 'cdrom' || device === 'floppy';
  throw virtError(
    'OPERATION_UNSUPPORTED',
    isDrive && found !== 'sd'
      ? `disk device='${device}' cannot be attached to bus '${found}' of a running guest`
      : `disk bus '${found}' cannot be hotplugged.`,
  );
}

async function plugDisk(
  services: QemuServices,
  running: RunningGuest,
  definition: Domain,
  disk: Disk,
  call: Call,
): Promise<string> {
  disk.alias ??= diskAlias(disk, definition);
  const images = await openImages(services, running, definition, disk, call);
  try {
    await asClientErrors(running.monitor.execute('device_add', diskDevice(disk, images.node, images.context), call));
  } catch (cause) {
    await images.undo();
    throw cause;
  }
  return disk.alias;
}

async function plugInterface(
  services: QemuServices,
  running: RunningGuest,
  definition: Domain,
  device: NetworkInterface,
  call: Call,
): Promise<string> {
  const others = definition.devices.interfaces.filter((entry) => entry !== device);
  device.alias ??= nextAlias(others, 'net');
  const tap = await planTap(services, device, services.tapNames);
  if (tap !== undefined) await writeDown(services, running, tap);
  try {
    const opened = tap === undefined ? undefined : await openTap(services, definition, tap);
    const names = await passTaps(services, running, opened);
    await addCard(services, running, definition, device, { tap, names }, call);
  } catch (cause) {
    await releaseLink(services, running.guest, tap?.name, tap?.port?.port);
    throw cause;
  }
  return device.alias;
}

/** Before it is made, so that a crash leaves nothing nobody knows of. */
async function writeDown(services: QemuServices, { guest, runtime }: RunningGuest, tap: PlannedTap): Promise<void> {
  const { resources } = runtime;
  await changeRuntime(services, guest, {
    resources: {
      ...resources,
      taps: [...resources.taps, tap.name],
      ports: tap.port === undefined ? resources.ports : [...resources.ports, tap.port],
    },
  });
}

/** Hands the descriptors of a tap to the running QEMU; the names it knows them by. Ours are closed. */
async function passTaps(
  services: QemuServices,
  { monitor }: RunningGuest,
  opened: OpenedTap | undefined,
): Promise<readonly string[]> {
  if (opened === undefined || opened.fds.length === 0) return [];
  const native = await services.native();
  const names: string[] = [];
  try {
    for (const [index, fd] of opened.fds.entries()) {
      const name = `fd-${opened.alias}-${index}`;
      await asClientErrors(monitor.passFile(name, (socket, data) => native?.sendDescriptors(socket, data, [fd]) ?? 0));
      names.push(name);
    }
    return names;
  } finally {
    for (const fd of opened.fds) closeSync(fd);
  }
}

async function addCard(
  services: QemuServices,
  { monitor }: RunningGuest,
  definition: Domain,
  device: NetworkInterface,
  { tap, names }: { readonly tap: PlannedTap | undefined; readonly names: readonly string[] },
  call: Call,
): Promise<void> {
  const capabilities = await services.capabilities.of(definition.devices.emulator ?? '');
  const nodes = { of: () => undefined, filtersOf: () => [], backendOf: () => undefined };
  const context = hotplugContext(services, definition, capabilities, nodes);
  const named = names.length > 1 ? { fds: names.join(':') } : names.length === 1 ? { fd: names[0] } : {};
  const backend = tapProperties({ ...interfaceBackend(device, context), ...named }, tap === undefined ? [] : [tap]);
  await asClientErrors(monitor.execute('netdev_add', backend, call));
  try {
    await asClientErrors(monitor.execute('device_add', interfaceDevice(device, context), call));
    if (device.link?.state === 'down')
      await asClientErrors(monitor.execute('set_link', { name: device.alias, up: false }, call));
  } catch (cause) {
    await monitor.execute('netdev_del', { id: `host${device.alias}` }).catch(() => undefined); // the first failure is the one to tell
    throw cause;
  }
}
