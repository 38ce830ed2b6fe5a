import type { NetworkSummary } from '../../contract/facets/network.js';
import type { SecretSummary } from '../../contract/facets/node.js';
import type { PoolSummary } from '../../contract/facets/storage.js';
import type { ObjectRef } from '../../contract/references.js';
import type { Pipeline } from './pipeline.js';

/** Look-ups through a facet's own `find` where it has one, else through its list. */
export type ObjectKey = { readonly uuid: string } | { readonly name: string };

export async function findPool(pipeline: Pipeline, by: ObjectKey): Promise<PoolSummary | undefined> {
  const facet = pipeline.connection.storage;
  if (facet === undefined) return undefined;
  if (facet.find !== undefined) return facet.find(by, pipeline.caller);
  return (await facet.list(pipeline.caller)).find(({ ref }) => matches(ref, by));
}

export async function findNetwork(pipeline: Pipeline, by: ObjectKey): Promise<NetworkSummary | undefined> {
  const facet = pipeline.connection.network;
  if (facet === undefined) return undefined;
  if (facet.find !== undefined) return facet.find(by, pipeline.caller);
  return (await facet.list(pipeline.caller)).find(({ ref }) => matches(ref, by));
}

export async function findSecret(pipeline: Pipeline, uuid: string): Promise<SecretSummary | undefined> {
  const secrets = await pipeline.connection.secret?.list(pipeline.caller);
  return secrets?.find(({ ref }) => ref.uuid === uuid);
}

export async function findNwfilter(pipeline: Pipeline, by: ObjectKey): Promise<ObjectRef | undefined> {
  const filters = await pipeline.connection.nwfilter?.list(pipeline.caller);
  return filters?.find((ref) => matches(ref, by));
}

function matches(ref: ObjectRef, by: ObjectKey): boolean {
  return 'uuid' in by ? ref.uuid === by.uuid : ref.name === by.name;
}
