import type { Domain, Graphics } from '@virtkit/schema';
import { qemuError } from '../command/errors.js';
import { spicePortNeeds } from '../command/spice-ports.js';
import type { PortAllocator } from '../process/port-allocator.js';

export interface DisplayPorts {
  /** Both VNC and SPICE. */
  readonly display: PortAllocator;
  readonly websocket: PortAllocator;
}
export interface DisplayDefaults {
  readonly vncListen: string;
  readonly spiceListen: string;
  readonly spiceTls: boolean;
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
    graphics.port = await ports.display.take();
  } else ports.display.keep(graphics.port);
  if (graphics.websocket === -1) {
    graphics.websocket = await ports.websocket.take();
    graphics.websocketGenerated = true;
  }
}

async function placeSpice(
  graphics: Extract<Graphics, { type: 'spice' }>,
  ports: DisplayPorts,
  { spiceListen, spiceTls }: DisplayDefaults,
): Promise<void> {
  if (!listensOnNetwork(graphics)) return;
  setAddress(graphics, spiceListen);
  const needs = spicePortNeeds(graphics, spiceTls);
  if (needs.tls && !spiceTls)
    throw qemuError(
      'CONFIG_UNSUPPORTED',
      'Auto allocation of spice TLS port requested but spice TLS is disabled in qemu.conf',
    );
  if (needs.plain) graphics.port = await ports.display.take();
  if (needs.tls) graphics.tlsPort = await ports.display.take();
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
export const releaseDisplays = (definition: Domain, ports: DisplayPorts): void =>
  eachPort(definition, ports, (allocator, port) => allocator.release(port));

/** Ports of a guest found running again. */
export const keepDisplays = (definition: Domain, ports: DisplayPorts): void =>
  eachPort(definition, ports, (allocator, port) => allocator.keep(port));

function eachPort(
  { devices }: Domain,
  ports: DisplayPorts,
  act: (allocator: PortAllocator, port: number) => void,
): void {
  const one = (allocator: PortAllocator, port: number | undefined) => port !== undefined && act(allocator, port);
  for (const graphics of devices.graphics) {
    if (graphics.type !== 'vnc' && graphics.type !== 'spice') continue;
    one(ports.display, graphics.port);
    if (graphics.type === 'vnc') one(ports.websocket, graphics.websocket);
    else one(ports.display, graphics.tlsPort);
  }
}
