import { errorsFrom } from '@virtkit/schema';

const virtError = errorsFrom('DOMAIN');

/** Ports of a controller that does not say how many it has. */
export const defaultPorts = 31;

interface Ports {
  readonly ports: number;
  readonly used: Set<number>;
  /** No port below is free; port 0 is not given away. */
  free: number;
}

/** The ports of the virtio-serial controllers of a guest. Port 0 of the first one is for consoles. */
export class VirtioSerialPorts {
  readonly #controllers = new Map<number, Ports>();
  /** Controllers that are not known to be full. */
  readonly #open = new Set<number>();

  addController(index: number, ports = defaultPorts): void {
    if (this.#controllers.has(index)) return;
    this.#controllers.set(index, { ports, used: new Set(), free: 1 });
    this.#open.add(index);
  }

  /** An index that no controller has. */
  get nextController(): number {
    let index = 0;
    while (this.#controllers.has(index)) index += 1;
    return index;
  }

  /** @throws XML_ERROR for a place that is not there or taken. */
  reserve(controller: number, port: number): void {
    const found = this.#controller(controller);
    if (port >= found.ports)
      throw virtError('XML_ERROR', `virtio serial controller ${controller} does not have port ${port}`);
    if (found.used.has(port))
      throw virtError('XML_ERROR', `virtio serial port ${port} on controller ${controller} is already occupied`);
    found.used.add(port);
  }

  /** A free port of one controller or of all; undefined when there is none. */
  next(controller: number | undefined): { readonly controller: number; readonly port: number } | undefined {
    if (controller !== undefined) return this.#nextOf(controller);
    while (this.#open.size > 0) {
      const lowest = [...this.#open].reduce((min, index) => Math.min(min, index));
      const found = this.#nextOf(lowest);
      if (found !== undefined) return found;
      this.#open.delete(lowest);
    }
    return undefined;
  }

  #nextOf(index: number): { readonly controller: number; readonly port: number } | undefined {
    const found = this.#controller(index);
    while (found.used.has(found.free)) found.free += 1;
    return found.free < found.ports ? { controller: index, port: found.free } : undefined;
  }

  #controller(index: number): Ports {
    const found = this.#controllers.get(index);
    if (found === undefined) throw virtError('XML_ERROR', `virtio serial controller ${index} is missing`);
    return found;
  }
}
