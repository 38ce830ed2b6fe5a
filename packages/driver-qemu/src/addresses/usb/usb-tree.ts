import { errorsFrom } from '@virtkit/schema';

const virtError = errorsFrom('DOMAIN');

/** Ports of a hub that QEMU offers. */
export const hubPorts = 8;
/** Hubs below hubs, at most. */
const maxDepth = 4;

/** One hub, or the root of a bus: which of its ports are in use, and what hangs on them. */
class UsbHub {
  readonly #used = new Set<number>();
  readonly below = new Map<number, UsbHub>();

  constructor(readonly ports: number) {}

  has(port: number): boolean {
    return port >= 1 && port <= this.ports;
  }

  isUsed(port: number): boolean {
    return this.#used.has(port);
  }

  use(port: number): void {
    this.#used.add(port);
  }

  /** The first free port here, else below. */
  free(depth = 0): readonly number[] | undefined {
    for (let port = 1; port <= this.ports; port += 1) if (!this.#used.has(port)) return [port];
    if (depth + 1 >= maxDepth) return undefined;
    for (const [port, hub] of [...this.below].sort(([a], [b]) => a - b)) {
      const found = hub.free(depth + 1);
      if (found !== undefined) return [port, ...found];
    }
    return undefined;
  }
}

/** A place on a USB bus: `port` is a path such as `1.3`. */
export interface UsbPlace {
  readonly bus: number;
  readonly port: string;
}

/** The USB buses of a guest, their hubs and the ports in use. */
export class UsbTree {
  readonly #buses = new Map<number, UsbHub>();

  /** @throws XML_ERROR for a second controller of this number. */
  addBus(bus: number, ports: number): void {
    if (this.#buses.has(bus)) throw virtError('XML_ERROR', `Duplicate USB controllers with index ${bus}`);
    this.#buses.set(bus, new UsbHub(ports));
  }

  /** @throws XML_ERROR for a port that is not there or taken. */
  reserve(place: UsbPlace): void {
    const { hub, port } = this.#locate(place);
    if (hub.isUsed(port)) throw virtError('XML_ERROR', `Duplicate USB address bus ${place.bus} port ${place.port}`);
    hub.use(port);
  }

  /** Takes a place and makes it a hub. */
  addHub(place: UsbPlace): void {
    this.reserve(place);
    const { hub, port } = this.#locate(place);
    hub.below.set(port, new UsbHub(hubPorts));
  }

  /** Takes a free port. @throws INTERNAL_ERROR when the bus, or all of them, are full. */
  reserveNext(bus: number | undefined): UsbPlace {
    const place = this.nextFree(bus);
    this.reserve(place);
    return place;
  }

  /** A free port, nearest to the root of the first bus that has one. */
  nextFree(bus: number | undefined): UsbPlace {
    const candidates = bus === undefined ? [...this.#buses.keys()].sort((a, b) => a - b) : [bus];
    for (const index of candidates) {
      const path = this.#bus(index).free();
      if (path !== undefined) return { bus: index, port: path.join('.') };
    }
    throw virtError('INTERNAL_ERROR', 'No free USB ports');
  }

  #bus(index: number): UsbHub {
    const bus = this.#buses.get(index);
    if (bus === undefined)
      throw virtError('XML_ERROR', `USB bus ${index} requested but no controller with that index is present`);
    return bus;
  }

  #locate(place: UsbPlace): { readonly hub: UsbHub; readonly port: number } {
    const path = place.port.split('.').map(Number);
    const port = path.pop() ?? 0;
    let hub = this.#bus(place.bus);
    for (const [index, step] of path.entries()) {
      const next = hub.below.get(step);
      if (next === undefined) {
        throw virtError(
          'XML_ERROR',
          `there is no hub at port ${path.slice(0, index + 1).join('.')} in USB address bus: ${place.bus} port: ${place.port}`,
        );
      }
      hub = next;
    }
    if (!hub.has(port)) {
      throw virtError('XML_ERROR', `requested USB port ${place.port} not present on USB bus ${place.bus}`);
    }
    return { hub, port };
  }
}
