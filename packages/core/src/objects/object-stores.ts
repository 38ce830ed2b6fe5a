import type { Directories, HostServices, Logger } from '../contract/services.js';
import type { ObjectKind, ObjectStore } from '../contract/state.js';
import { FileStore } from './file-store.js';

/** Makes the stores plugins ask for. */
export class ObjectStores {
  constructor(
    private readonly services: { readonly directories: Directories; readonly host: Pick<HostServices, 'files'> },
  ) {}

  open<D, R>(kind: ObjectKind<D, R>, logger: Logger): ObjectStore<D, R> {
    const { directories, host } = this.services;
    return new FileStore(kind, { directories, files: host.files, logger });
  }
}
