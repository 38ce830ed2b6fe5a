import { errorsFrom } from '../../errors/virt-error.js';
import type { Console, Serial } from '../devices/chardev.js';
import type { Domain } from '../domain.js';

const virtError = errorsFrom('DOMAIN');

interface Numbered {
  target?: { port?: number | undefined } | undefined;
}

const portOf = ({ target }: Numbered): number => target?.port ?? -1;
const highestPort = (devices: readonly Numbered[]): number =>
  devices.reduce((max, one) => Math.max(max, portOf(one)), -1);

/** Serial devices that say they are on the ISA bus, whose ports are few, take the lowest free one. */
export function assignIsaSerialPorts(serials: readonly Serial[]): void {
  const targets = isaTargets(serials);
  checkIsaSerialPorts(serials);
  const taken = new Set(targets.map(({ port }) => port));
  for (const target of targets) {
    if (target.port === undefined) {
      let free = 0;
      while (taken.has(free)) free += 1;
      taken.add(free);
      target.port = free;
    }
    checkIsaPort(target.port);
  }
}

const isaTargets = (serials: readonly Serial[]): { port?: number | undefined }[] =>
  serials.flatMap(({ target }) => (target?.type === 'isa-serial' ? [target] : []));

/** @throws INTERNAL_ERROR for ISA ports that are named twice or that no machine has. */
export function checkIsaSerialPorts(serials: readonly Serial[]): void {
  const taken = new Set<number>();
  for (const { port } of isaTargets(serials)) {
    if (port === undefined) continue;
    checkIsaPort(port);
    if (taken.has(port)) throw virtError('INTERNAL_ERROR', `target port '${port}' already allocated`);
    taken.add(port);
  }
}

function checkIsaPort(port: number): void {
  if (port >= ISA_PORTS)
    throw virtError('INTERNAL_ERROR', `Maximum supported number of ISA serial ports is '${ISA_PORTS}'`);
}

const ISA_PORTS = 4;

/** Ports of serial and parallel devices and of consoles. */
export function completeCharacterDevices({ devices }: Domain): void {
  let highest = highestPort(devices.serials);
  for (const serial of devices.serials) {
    if (portOf(serial) < 0) serial.target = { ...serial.target, port: (highest += 1) };
  }
  let before = -1;
  for (const parallel of devices.parallels) {
    if (portOf(parallel) < 0) parallel.target = { ...parallel.target, port: before + 1 };
    before = Math.max(before, portOf(parallel));
  }
  devices.consoles.forEach((console, i) => {
    console.target = { ...(console.target ?? { type: 'serial' }), port: i };
  });
}

/** Serial devices that a console can stand for. */
const standsForConsole = ({ target }: Serial): boolean =>
  target?.type === undefined || !['usb-serial', 'pci-serial', 'isa-debug'].includes(target.type);

/**
 * The first console of a fully virtualized guest is its first serial device: a console without serial device becomes one, a serial
 * device without console gets one. They share their source.
 */
export function linkFirstConsole(domain: Domain): void {
  if (domain.os.type.name !== 'hvm') return;
  const { serials, consoles } = domain.devices;
  if (consoles.slice(1).some(({ target }) => (target?.type ?? 'serial') === 'serial'))
    throw virtError('CONFIG_UNSUPPORTED', 'Only the first console can be a serial port');
  const console = consoles[0];
  const isSerial = console !== undefined && (console.target?.type ?? 'serial') === 'serial';
  if (isSerial && serials.length === 0) {
    const { target: _, ...rest } = console;
    serials.push({ ...rest, target: { port: 0 } });
  }
  const serial = serials[0];
  if (serial === undefined || !(isSerial || standsForConsole(serial))) return;
  const linked: Console = { source: serial.source, target: { type: 'serial', port: serial.target?.port ?? 0 } };
  consoles.splice(0, isSerial ? 1 : 0, linked);
}
