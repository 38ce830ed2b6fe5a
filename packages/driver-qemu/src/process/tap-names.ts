import type { Links } from '@virtkit/host';

/** Names for taps, counted up as libvirt does; a name in use by anybody is passed over. */
export class TapNames {
  readonly #links: Pick<Links, 'names'>;
  readonly #prefix: string;
  #next = 0;

  constructor(links: Pick<Links, 'names'>, prefix = 'vnet') {
    this.#links = links;
    this.#prefix = prefix;
  }

  async take(): Promise<string> {
    const taken = await this.#links.names();
    for (;;) {
      const name = `${this.#prefix}${this.#next}`;
      this.#next += 1;
      if (!taken.has(name)) return name;
    }
  }

  /** A name a running guest has, found again: counting goes on behind it. */
  keep(name: string): void {
    const number = name.startsWith(this.#prefix) ? Number(name.slice(this.#prefix.length)) : Number.NaN;
    if (Number.isSafeInteger(number) && number >= this.#next) this.#next = number + 1;
  }
}
