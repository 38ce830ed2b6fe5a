import { createServer } from 'node:net';
import { virtError } from '../errors.js';
import { deferred } from '../monitor/deferred.js';

/** TCP ports of one purpose, given to guests; one that any program of this host uses is passed over. */
export class PortAllocator {
  readonly #name: string;
  readonly #first: number;
  readonly #last: number;
  readonly #used = new Set<number>();

  /** `name` is what error messages call it (`VNC`). */
  constructor(name: string, first: number, last: number) {
    this.#name = name;
    this.#first = first;
    this.#last = last;
  }

  /** @throws `INTERNAL_ERROR` when all are taken. */
  async take(): Promise<number> {
    for (let port = this.#first; port <= this.#last; port += 1) {
      if (this.#used.has(port)) continue;
      this.#used.add(port);
      if (await isFree(port)) return port;
      this.#used.delete(port);
    }
    throw virtError(
      'INTERNAL_ERROR',
      `Unable to find an unused port in range '${this.#name}' (${this.#first}-${this.#last})`,
    );
  }

  /** A port a running guest has, found again. */
  keep(port: number): void {
    if (port >= this.#first && port <= this.#last) this.#used.add(port);
  }

  release(port: number): void {
    this.#used.delete(port);
  }
}

function isFree(port: number): Promise<boolean> {
  const { promise, resolve } = deferred<boolean>();
  const server = createServer();
  server.once('error', () => resolve(false));
  server.listen({ port, host: '0.0.0.0', exclusive: true }, () => server.close(() => resolve(true)));
  return promise;
}
