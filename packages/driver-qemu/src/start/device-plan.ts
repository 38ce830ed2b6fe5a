import { join } from 'node:path';
import type { CharSource, Domain, Graphics } from '@virtkit/schema';
import type { GuestPaths } from '../process/guest-paths.js';
import type { PortAllocator } from '../process/port-allocator.js';
import type { QemuUser } from '../process/qemu-user.js';
import type { PlannedFile, PlannedSocket } from './plan.js';

/** Gives channels without a path one in the guest's own folder. Changes the definition. */
export function placeChannels(definition: Domain, paths: GuestPaths): void {
  for (const { source, target } of definition.devices.channels) {
    if (source.type !== 'unix' || source.path !== undefined) continue;
    source.mode = 'bind';
    source.path = join(paths.channels, (target?.type === 'virtio' ? target.name : undefined) ?? 'channel');
  }
}

interface CharDevice {
  readonly alias?: string | undefined;
  readonly source: CharSource;
}

const charDevices = ({ devices }: Domain): readonly CharDevice[] => [
  ...devices.serials,
  ...devices.parallels,
  ...devices.channels,
  ...devices.consoles.filter(({ target }) => target?.type !== 'serial'),
  ...devices.redirdevs,
];

/** Listening unix sockets of character devices, which we open so that nobody connects too early. */
export const charSockets = (definition: Domain): readonly PlannedSocket[] =>
  charDevices(definition).flatMap(({ alias, source }) =>
    source.type === 'unix' && source.mode === 'bind' && source.path !== undefined && alias !== undefined
      ? [{ alias, path: source.path }]
      : [],
  );

/** Files character devices write to. */
export const charFiles = (definition: Domain): readonly PlannedFile[] =>
  charDevices(definition).flatMap(({ alias, source }): readonly PlannedFile[] => {
    if (alias === undefined) return [];
    const log = 'log' in source ? source.log : undefined;
    return [
      ...(source.type === 'file' && source.path !== undefined
        ? [{ alias, use: 'output' as const, path: source.path, append: source.append === true }]
        : []),
      ...(log?.file === undefined
        ? []
        : [{ alias, use: 'log' as const, path: log.file, append: log.append !== false }]),
    ];
  });

export interface DisplayPorts {
  readonly vnc: PortAllocator;
  readonly websocket: PortAllocator;
  readonly spice: PortAllocator;
}
export interface DisplayDefaults {
  readonly vncListen: string;
  readonly spiceListen: string;
}

/** Ports and addresses of displays that left them open. Changes the definition; ports are ours until released. */
export async function placeDisplays(definition: Domain, ports: DisplayPorts, defaults: DisplayDefaults): Promise<void> {
  for (const graphics of definition.devices.graphics) {
    if (graphics.type === 'vnc') await placeVnc(graphics, ports, defaults);
    if (graphics.type === 'spice') await placeSpice(graphics, ports, defaults);
  }
}

type Listening = Extract<Graphics, { type: 'vnc' | 'spice' }>;

async function placeVnc(
  graphics: Extract<Graphics, { type: 'vnc' }>,
  ports: DisplayPorts,
  { vncListen }: DisplayDefaults,
): Promise<void> {
  if (!listensOnNetwork(graphics)) return;
  setAddress(graphics, vncListen);
  if (graphics.autoport === true || graphics.port === undefined || graphics.port === -1) {
    graphics.autoport = true;
    graphics.port = await ports.vnc.take();
  } else ports.vnc.keep(graphics.port);
  if (graphics.websocket === -1) {
    graphics.websocket = await ports.websocket.take();
    graphics.websocketGenerated = true;
  }
}

async function placeSpice(
  graphics: Extract<Graphics, { type: 'spice' }>,
  ports: DisplayPorts,
  { spiceListen }: DisplayDefaults,
): Promise<void> {
  if (!listensOnNetwork(graphics)) return;
  setAddress(graphics, spiceListen);
  if (graphics.autoport === true || graphics.port === -1) graphics.port = await ports.spice.take();
}

const listensOnNetwork = ({ listens }: Listening): boolean =>
  listens.length === 0 || listens.some(({ type }) => type === 'address' || type === 'network');

function setAddress({ listens }: Listening, address: string): void {
  for (const listen of listens) {
    if (listen.type !== 'address' || listen.address !== undefined) continue;
    listen.address = address;
    listen.fromConfig = 1;
  }
}

/** Releases what `placeDisplays` took. */
export function releaseDisplays(definition: Domain, ports: DisplayPorts): void {
  for (const graphics of definition.devices.graphics) {
    if (graphics.type === 'vnc' && graphics.port !== undefined) ports.vnc.release(graphics.port);
    if (graphics.type === 'vnc' && graphics.websocket !== undefined) ports.websocket.release(graphics.websocket);
    if (graphics.type === 'spice' && graphics.port !== undefined) ports.spice.release(graphics.port);
  }
}

/** Ports of a guest found running again. */
export function keepDisplays(definition: Domain, ports: DisplayPorts): void {
  for (const graphics of definition.devices.graphics) {
    if (graphics.type === 'vnc' && graphics.port !== undefined) ports.vnc.keep(graphics.port);
    if (graphics.type === 'vnc' && graphics.websocket !== undefined) ports.websocket.keep(graphics.websocket);
    if (graphics.type === 'spice' && graphics.port !== undefined) ports.spice.keep(graphics.port);
  }
}

/** The user QEMU runs as, shown as libvirt's DAC label. */
export function labelDomain(definition: Domain, user: QemuUser | undefined): void {
  if (user === undefined || (definition.seclabels?.length ?? 0) > 0) return;
  const label = `+${user.uid}:+${user.gid}`;
  definition.seclabels = [{ type: 'dynamic', model: 'dac', relabel: true, label, imagelabel: label }];
}
