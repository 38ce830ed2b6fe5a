import { errorsFrom } from '@virtkit/schema';

const virtError = errorsFrom('DOMAIN');

/** Ports of a controller that does not say how many it has. */
export const defaultPorts = 31;

/** The ports of the virtio-serial controllers of a guest. Port 0 of the first one is for consoles. */
export class VirtioSerialPorts {
  readonly #controllers = new Map<number, { readonly ports: number; readonly used: Set<number> }>();

  addController(index: number, ports = defaultPorts): void {
    if (!this.#controllers.has(index)) this.#controllers.set(index, { ports, used: new Set() });
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
    const candidates = controller === undefined ? [...this.#controllers.keys()].sort((a, b) => a - b) : [controller];
    for (const index of candidates) {
      const { ports, used } = this.#controller(index);
      for (let port = 1; port < ports; port += 1) if (!used.has(port)) return { controller: index, port };
    }
    return undefined;
  }

  #controller(index: number): { readonly ports: number; readonly used: Set<number> } {
    const found = this.#controllers.get(index);
    if (found === undefined) throw virtError('XML_ERROR', `virtio serial controller ${index} is missing`);
    return found;
  }
}
