import type { DomainRef, ObjectRef, SecretRef, VolumeRef } from '../../contract/references.js';
import { noNetwork, noNwfilter, noPool, noSecret, noVolume } from '../errors.js';
import { findNetwork, findNwfilter, findPool, findSecret } from './find-objects.js';
import type { ObjectResolver } from './operations.js';
import type { DomainHandle } from './pipeline.js';

/** A pool, network or filter as a client names it: the uuid decides. */
export interface ObjectHandle {
  readonly uuid: string;
  readonly name?: string;
}

export const domainResolver: ObjectResolver<DomainHandle, DomainRef> = {
  resolve: async (pipeline, handle) => (await pipeline.resolveDomain(handle)).ref,
  describe: ({ name, uuid }) => ({ kind: 'domain', name, uuid }),
  jobOf: ({ uuid }) => uuid,
};

export const poolResolver: ObjectResolver<ObjectHandle, ObjectRef> = {
  async resolve(pipeline, handle) {
    const pool = await findPool(pipeline, { uuid: handle.uuid });
    if (pool === undefined) throw noPool(handle);
    return pool.ref;
  },
  describe: ({ name, uuid }) => ({ kind: 'storage-pool', name, uuid }),
};

/** A volume is found in its pool by name, as clients hold pool, name and key. */
export const volumeResolver: ObjectResolver<VolumeRef, VolumeRef> = {
  async resolve(pipeline, handle) {
    const pool = await findPool(pipeline, { name: handle.pool });
    if (pool === undefined) throw noPool({ name: handle.pool });
    const volume = await pipeline.connection.storage?.findVolume(
      { pool: pool.ref, name: handle.name },
      pipeline.caller,
    );
    if (volume === undefined) throw noVolume({ name: handle.name });
    return volume;
  },
  describe: ({ name, pool }) => ({ kind: 'storage-vol', name, pool }),
};

export const networkResolver: ObjectResolver<ObjectHandle, ObjectRef> = {
  async resolve(pipeline, handle) {
    const network = await findNetwork(pipeline, { uuid: handle.uuid });
    if (network === undefined) throw noNetwork(handle);
    return network.ref;
  },
  describe: ({ name, uuid }) => ({ kind: 'network', name, uuid }),
};

export const secretResolver: ObjectResolver<{ readonly uuid: string }, SecretRef> = {
  async resolve(pipeline, handle) {
    const secret = await findSecret(pipeline, handle.uuid);
    if (secret === undefined) throw noSecret(handle);
    return secret.ref;
  },
  describe: ({ uuid, usageId }) => ({ kind: 'secret', uuid, name: usageId }),
};

export const nwfilterResolver: ObjectResolver<ObjectHandle, ObjectRef> = {
  async resolve(pipeline, handle) {
    const filter = await findNwfilter(pipeline, { uuid: handle.uuid });
    if (filter === undefined) throw noNwfilter(handle);
    return filter;
  },
  describe: ({ name, uuid }) => ({ kind: 'nwfilter', name, uuid }),
};
