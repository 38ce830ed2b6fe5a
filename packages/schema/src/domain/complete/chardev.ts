import type { Domain } from '../domain.js';
import type { Console, Serial } from '../devices/chardev.js';

interface Numbered {
  target?: { port?: number | undefined } | undefined;
}

/** Numbers devices without port: one more than the highest of their kind. */
function assignPorts<T extends Numbered>(
  devices: readonly T[],
  target: (device: T) => { port?: number | undefined },
): void {
  for (const device of devices) {
    const own = target(device);
    if (own.port !== undefined) continue;
    const highest = Math.max(-1, ...devices.map((other) => other.target?.port ?? -1));
    own.port = highest + 1;
  }
}

/** Ports of serial and parallel devices and of consoles. */
export function completeCharacterDevices({ devices }: Domain): void {
  assignPorts(devices.serials, (serial) => (serial.target ??= {}));
  assignPorts(devices.parallels, (parallel) => (parallel.target ??= {}));
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
