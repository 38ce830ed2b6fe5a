import type { Network } from '@virtkit/schema';
import type { NetworkObject, NetworkStore } from './lifecycle.js';

type LiveState = Parameters<NetworkStore['updateLive']>[1];

/** Runs `change` of an active network; when it fails, what was known before is known again. */
export async function orAsBefore(
  store: NetworkStore,
  object: NetworkObject,
  change: () => Promise<void>,
): Promise<void> {
  const before: LiveState = { definition: object.current(), ...(object.runtime && { runtime: object.runtime }) };
  try {
    await change();
  } catch (error) {
    // Where the disk is full it still holds what was before: memory has to agree with it.
    if (object.active) await store.updateLive(object, before).catch(() => undefined);
    throw error;
  }
}

/** Changes what is known of an active network: on disk and in memory, or neither. */
export const changeLive = (
  store: NetworkStore,
  object: NetworkObject,
  change: { readonly definition?: Network; readonly runtime?: NonNullable<NetworkObject['runtime']> },
): Promise<void> => orAsBefore(store, object, () => store.updateLive(object, change));
