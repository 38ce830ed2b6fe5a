import type { ObjectStore, StoredObject } from '@virtkit/core';
import type { Network } from '@virtkit/schema';
import { bringUp, isStillUp, restore, tearDown } from './bring-up.js';
import { networkError } from './errors.js';
import type { NetworkRuntime } from './status.js';
import type { NetworkTools } from './tools.js';

export type NetworkObject = StoredObject<Network, NetworkRuntime>;
export type NetworkStore = ObjectStore<Network, NetworkRuntime>;

/**
 * Starting and stopping. What is about to be done is on disk before it is done, so that a crash in between leaves
 * nothing that the next start would not find.
 */
export class NetworkLifecycle {
  readonly #store: NetworkStore;
  readonly #tools: NetworkTools;

  constructor(store: NetworkStore, tools: NetworkTools) {
    this.#store = store;
    this.#tools = tools;
  }

  /** Makes an activated network real; when that fails it is inactive again. */
  async bringUp(object: NetworkObject, signal: AbortSignal): Promise<void> {
    const definition = object.current();
    try {
      const dnsmasq = await bringUp(definition, this.#tools, signal);
      await this.#store.updateLive(object, { runtime: { phase: 'running', dnsmasq, ports: [] } });
    } catch (error) {
      await this.#undo(object, definition);
      throw error;
    }
  }

  async takeDown(object: NetworkObject): Promise<void> {
    const { runtime } = object;
    if (runtime === undefined) throw inactive(object.name);
    const stopping = this.#store.updateLive(object, { runtime: { ...runtime, phase: 'stopping', ports: [] } });
    // A full disk does not keep a network up: what a crash in between leaves is then taken for running, or undone.
    await stopping.catch((cause: unknown) =>
      this.#tools.logger.warning('cannot note that a network stops', { network: object.name, cause }),
    );
    await this.#undo(object, object.current());
  }

  /** After a start of the daemon: goes on with what runs, finishes what was interrupted. False: it is inactive now. */
  async recover(object: NetworkObject, signal: AbortSignal): Promise<boolean> {
    const { runtime } = object;
    if (runtime === undefined) return false;
    const definition = object.current();
    if (runtime.phase !== 'running' || !(await isStillUp(definition, this.#tools))) {
      await this.#undo(object, definition);
      return false;
    }
    const restored = await restore(definition, runtime, this.#tools, signal);
    if (restored !== runtime) await this.#store.noteLive(object, { runtime: restored });
    return true;
  }

  async #undo(object: NetworkObject, definition: Network): Promise<void> {
    await tearDown(definition, object.runtime, this.#tools);
    const transient = !object.persistent;
    await this.#store.deactivate(object);
    if (transient) await this.#tools.dnsmasq.forgetLeases(object.name);
  }
}

export const inactive = (name: string): Error => networkError('OPERATION_INVALID', `network '${name}' is not active`);
