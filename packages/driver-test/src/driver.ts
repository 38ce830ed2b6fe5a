import type { ConnectUri, HypervisorDriver, OpenCall } from '@virtkit/core';
import { TestConnection } from './connection.js';
import { testDialect } from './dialect.js';
import { testError } from './errors.js';
import { WorldLoader } from './world/load-world.js';
import type { World } from './world/world.js';

/** `test:///default`, one world for all connections at a time, and `test:///FILE`, one for each. */
export class TestDriver implements HypervisorDriver<TestConnection> {
  readonly traits = { state: 'remote' } as const;
  readonly origin = 'TEST';
  readonly dialect = testDialect;
  readonly #loader = new WorldLoader();
  #shared: { readonly world: Promise<World>; users: number } | undefined;

  async open(uri: ConnectUri, call: OpenCall): Promise<TestConnection> {
    const path = pathOf(uri);
    if (path !== '/default')
      return new TestConnection(await this.#loader.file(path, call.signal), uri.text, () => undefined);
    const shared = (this.#shared ??= { world: this.#loader.default(call.signal), users: 0 });
    shared.users += 1;
    return new TestConnection(await shared.world, uri.text, () => {
      shared.users -= 1;
      if (shared.users === 0 && this.#shared === shared) this.#shared = undefined;
    });
  }
}

/** A host is the first part of the path of a file, as in libvirt. */
function pathOf({ host, path }: ConnectUri): string {
  if (host === undefined && (path === '' || path === '/'))
    throw testError('INVALID_ARG', 'testOpen: supply a path or use test:///default');
  return host === undefined ? path : `/${host}${path}`;
}
