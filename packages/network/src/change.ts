import { type Call, changeMetadata, type MetadataChange, type NetworkUpdate } from '@virtkit/core';
import { makesBridge, type Network, network, updateNetwork } from '@virtkit/schema';
import { formatElement, parseElement } from '@virtkit/xml';
import { applyFirewall } from './bring-up.js';
import { networkError } from './errors.js';
import { firewallOf } from './firewall.js';
import type { NetworkObject, NetworkStore } from './lifecycle.js';
import type { NetworkTools } from './tools.js';

export interface ChangeTarget {
  readonly live?: boolean;
  readonly config?: boolean;
}

/** Which of a network's two definitions a change is for; refuses what is not there. @libvirt virNetworkObjUpdateModificationImpact */
function resolveTarget(
  object: NetworkObject,
  target: ChangeTarget,
): { readonly live: boolean; readonly config: boolean } {
  const current = target.live !== true && target.config !== true;
  const live = target.live === true || (current && object.active);
  const config = target.config === true || (current && !object.active);
  if (live && !object.active) throw networkError('OPERATION_INVALID', 'network is not running');
  if (config && !object.persistent)
    throw networkError('OPERATION_INVALID', 'cannot change persistent config of a transient network');
  return { live, config };
}

/** Changes of defined and running networks. */
export class NetworkChanges {
  readonly #store: NetworkStore;
  readonly #tools: NetworkTools;

  constructor(store: NetworkStore, tools: NetworkTools) {
    this.#store = store;
    this.#tools = tools;
  }

  async update(
    object: NetworkObject,
    change: NetworkUpdate,
    target: ChangeTarget,
    call: Pick<Call, 'signal'>,
  ): Promise<void> {
    const { live, config } = resolveTarget(object, target);
    const apply = (definition: Network): Network => {
      const copy = structuredClone(definition);
      updateNetwork(copy, change.section, change);
      // Written and read again, so that it holds what a document can hold.
      return parseElement(network, formatElement(network, copy, { live: true }), { live: true });
    };
    // Both are tried before either is changed.
    const saved = config ? apply(object.config() ?? object.current()) : undefined;
    const running = live ? apply(object.current()) : undefined;
    await this.#store.defineAfter(saved, async () => {
      if (running !== undefined) await this.#applyOrUndo(object, running, call.signal);
    });
  }

  async setMetadata(object: NetworkObject, change: MetadataChange, target: ChangeTarget): Promise<void> {
    const { live, config } = resolveTarget(object, target);
    const apply = (definition: Network): Network => {
      const copy = structuredClone(definition);
      changeMetadata(copy, change);
      return copy;
    };
    const saved = config ? apply(object.config() ?? object.current()) : undefined;
    await this.#store.defineAfter(saved, async () => {
      if (live) await this.#store.updateLive(object, { definition: apply(object.current()) });
    });
  }

  async #applyOrUndo(object: NetworkObject, definition: Network, signal: AbortSignal): Promise<void> {
    const before = object.current();
    try {
      await this.#applyLive(object, definition, signal);
    } catch (error) {
      await this.#applyLive(object, before, signal).catch((cause: unknown) =>
        this.#tools.logger.warning('cannot undo a refused change', { network: object.name, cause }),
      );
      throw error;
    }
  }

  async #applyLive(object: NetworkObject, definition: Network, signal: AbortSignal): Promise<void> {
    const { runtime } = object;
    if (runtime === undefined) return;
    if (!makesBridge(definition.forward)) return this.#store.updateLive(object, { definition });
    const before = JSON.stringify(firewallOf(object.current()));
    await this.#store.updateLive(object, { definition });
    if (JSON.stringify(firewallOf(definition)) !== before) await applyFirewall(definition, this.#tools, signal);
    const dnsmasq = await this.#tools.dnsmasq.refresh(definition, runtime.dnsmasq);
    await this.#store.noteLive(object, { runtime: { ...runtime, dnsmasq } });
  }
}
