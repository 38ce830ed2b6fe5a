import { mkdir, readdir, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';

const ending = '.xml.once';

/**
 * Guests that the next start of the host starts, and only that one: a link each beside the links of those that always
 * start. Names are kept in memory; whatever a promise here answered is on disk. @libvirt virDomainSetAutostartOnce
 */
export class AutostartOnce {
  readonly #folder: string;
  readonly #names = new Set<string>();

  /** `configuration`: the folder of the guests' documents. */
  constructor(configuration: string) {
    this.#folder = join(configuration, 'autostart');
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  /** Reads the links; those to documents that are gone are removed. */
  async load(exists: (name: string) => boolean): Promise<void> {
    const files = await readdir(this.#folder).catch(() => []);
    for (const file of files.filter((entry) => entry.endsWith(ending))) {
      const name = file.slice(0, -ending.length);
      if (exists(name)) this.#names.add(name);
      else await rm(this.#path(name), { force: true });
    }
  }

  async set(name: string, value: boolean): Promise<void> {
    if (this.has(name) === value) return;
    if (value) {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await symlink(join('..', `${name}.xml`), this.#path(name));
      this.#names.add(name);
    } else {
      await rm(this.#path(name), { force: true });
      this.#names.delete(name);
    }
  }

  async rename(from: string, to: string): Promise<void> {
    if (!this.#names.delete(from)) return;
    await rename(this.#path(from), this.#path(to));
    this.#names.add(to);
  }

  #path(name: string): string {
    return join(this.#folder, `${name}${ending}`);
  }
}
