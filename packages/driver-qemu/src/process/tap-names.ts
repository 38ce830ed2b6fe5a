import { readdir } from 'node:fs/promises';

/** Names for taps, counted up as libvirt does; a name in use by anybody is passed over. */
export class TapNames {
  readonly #prefix: string;
  readonly #folder: string;
  #next = 0;

  constructor(prefix = 'vnet', folder = '/sys/class/net') {
    this.#prefix = prefix;
    this.#folder = folder;
  }

  async take(): Promise<string> {
    const taken = new Set(await readdir(this.#folder).catch((): string[] => []));
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
