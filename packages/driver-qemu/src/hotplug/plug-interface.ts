import type { NetworkInterface } from '@virtkit/schema';
import { nextAlias } from '../command/aliases.js';
import { interfaceBackend } from '../command/interface-backend.js';
import { interfaceDevice } from '../command/interface-device.js';
import type { JsonObject } from '../command/json.js';
import { changeRuntime } from '../guests/change-guest.js';
import { asClientErrors } from '../monitor/qmp-failure.js';
import { closeAllFiles } from '../start/close-files.js';
import { tapProperties } from '../start/command-line.js';
import { openTap, type OpenedTap } from '../start/network-open.js';
import { planTap } from '../start/network-plan.js';
import type { PlannedTap } from '../start/plan.js';
import { deviceContext } from './hotplug-context.js';
import { command, type Plugging } from './plugging.js';
import { releaseLink } from './release-device.js';

/** Plugs a card into a running guest, its tap made before; its alias. */
export async function plugInterface(plugging: Plugging, device: NetworkInterface): Promise<string> {
  const { services, running, definition } = plugging;
  const others = definition.devices.interfaces.filter((entry) => entry !== device);
  device.alias ??= nextAlias(others, 'net');
  const tap = await planTap(services, device, services.tapNames);
  if (tap !== undefined) await writeDown(plugging, tap);
  try {
    const opened = tap === undefined ? undefined : await openTap(services, definition, tap);
    await addCard(plugging, device, tap, await passTaps(plugging, opened));
  } catch (cause) {
    await releaseLink(services, running.guest, tap?.name, tap?.port?.port);
    throw cause;
  }
  return device.alias;
}

/** Before it is made, so that a crash leaves nothing nobody knows of. */
async function writeDown({ services, running: { guest, runtime } }: Plugging, tap: PlannedTap): Promise<void> {
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
async function passTaps({ services, running }: Plugging, opened: OpenedTap | undefined): Promise<readonly string[]> {
  if (opened === undefined || opened.fds.length === 0) return [];
  const native = await services.native();
  const names: string[] = [];
  try {
    for (const [index, fd] of opened.fds.entries()) {
      const name = `fd-${opened.alias}-${index}`;
      const send = (socket: number, data: Uint8Array): number => native?.sendDescriptors(socket, data, [fd]) ?? 0;
      await asClientErrors(running.monitor.passFile(name, send));
      names.push(name);
    }
    return names;
  } finally {
    closeAllFiles(opened.fds);
  }
}

/** Descriptors by the names QEMU was told. */
const namedDescriptors = (names: readonly string[]): JsonObject =>
  names.length > 1 ? { fds: names.join(':') } : names.length === 1 ? { fd: names[0] } : {};

async function addCard(
  plugging: Plugging,
  device: NetworkInterface,
  tap: PlannedTap | undefined,
  names: readonly string[],
): Promise<void> {
  const context = await deviceContext(plugging);
  const backend = { ...interfaceBackend(device, context), ...namedDescriptors(names) };
  await command(plugging, 'netdev_add', tapProperties(backend, tap === undefined ? [] : [tap]));
  try {
    await command(plugging, 'device_add', interfaceDevice(device, context));
    if (device.link?.state === 'down') await command(plugging, 'set_link', { name: device.alias, up: false });
  } catch (cause) {
    const { monitor } = plugging.running;
    await monitor.execute('netdev_del', { id: `host${device.alias}` }).catch(() => undefined); // the first failure is the one to tell
    throw cause;
  }
}
