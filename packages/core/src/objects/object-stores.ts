import type { Directories, HostServices, Logger } from '../contract/services.js';
import type { ObjectKind, ObjectStore } from '../contract/state.js';
import { FileStore } from './file-store.js';

/** Makes the stores plugins ask for, and ends them. */
export class ObjectStores {
  readonly #closers: (() => void)[] = [];

  constructor(
    private readonly services: { readonly directories: Directories; readonly host: Pick<HostServices, 'files'> },
  ) {}

  open<D, R>(kind: ObjectKind<D, R>, logger: Logger): ObjectStore<D, R> {
    const { directories, host } = this.services;
    const store = new FileStore(kind, { directories, files: host.files, logger });
    this.#closers.push(() => store.close());
    return store;
  }

  /** After the services of the plugins: what they wrote last is noted too. */
  close(): void {
    for (const close of this.#closers.splice(0)) close();
  }
}
