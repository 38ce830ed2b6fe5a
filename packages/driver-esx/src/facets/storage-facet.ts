import { createHash } from 'node:crypto';
import type { Call, ObjectRef, PoolSummary, StorageFacet, VolumeKey, VolumeRef } from '@virtkit/core';
import { errorsFrom, type StoragePool, type StorageVolume } from '@virtkit/schema';
import type { ManagedObject } from '../soap/envelope.js';
import type { Guests } from '../vim/guests.js';
import { inventory } from '../vim/inventory.js';
import { parseDatastorePath } from '../vim/datastore-path.js';
import type { ObjectProperties } from '../vim/property-collector.js';
import { datastoreVolumes } from './datastore-volumes.js';
import { runTask } from '../vim/task.js';

const storageError = errorsFrom('STORAGE');
const properties = ['name', 'summary', 'info', 'host', 'browser'];

interface Datastore {
  readonly ref: ObjectRef;
  readonly object: ManagedObject;
  readonly browser: ManagedObject | undefined;
  readonly accessible: boolean;
  readonly pool: StoragePool;
}

/** Datastores as pools. They are always there; nobody starts or stops them. */
export function storageFacet(guests: Guests): StorageFacet {
  const all = async (call: Call): Promise<readonly Datastore[]> =>
    (await inventory(guests, { type: 'Datastore', path: 'datastore' }, properties, call)).map(readDatastore);
  const one = async (ref: Pick<ObjectRef, 'uuid' | 'name'>, call: Call): Promise<Datastore> => {
    const found = (await all(call)).find(({ ref: { uuid } }) => uuid === ref.uuid);
    if (found !== undefined) return found;
    throw storageError('NO_STORAGE_POOL', `no storage pool with matching uuid '${ref.uuid}' (${ref.name})`);
  };
  const named = async (name: string, call: Call): Promise<Datastore | undefined> =>
    (await all(call)).find(({ ref }) => ref.name === name);
  const volumesOf = async (datastore: Datastore, call: Call) =>
    datastore.browser === undefined
      ? []
      : datastoreVolumes(guests.session, datastore.browser, datastore.ref.name, call);
  const volume = async (ref: VolumeRef, call: Call): Promise<StorageVolume> => {
    const datastore = await named(ref.pool, call);
    const found = datastore && (await volumesOf(datastore, call)).find(({ name }) => name === ref.name);
    if (found !== undefined) return found;
    throw storageError('NO_STORAGE_VOL', `no storage vol with matching name '${ref.name}'`);
  };

  return {
    list: async (call) => (await all(call)).map(summaryOf),
    definition: async (ref, _which, call) => (await one(ref, call)).pool,
    async info(ref, call) {
      const { accessible, pool } = await one(ref, call);
      const { capacity = 0n, allocation = 0n, available = 0n } = pool;
      return { state: accessible ? 'running' : 'inaccessible', capacity, allocation, available };
    },
    async volumes(ref, call) {
      const datastore = await one(ref, call);
      return (await volumesOf(datastore, call)).map((found) => volumeRef(datastore.ref.name, found));
    },
    async findVolume(by, call) {
      const datastore = await named(poolOf(by), call);
      if (datastore === undefined) return undefined;
      const found = (await volumesOf(datastore, call)).find((candidate) => isMeant(candidate, by));
      return found === undefined ? undefined : volumeRef(datastore.ref.name, found);
    },
    volume,
    async volumeInfo(ref, _options, call) {
      const { type, capacity, allocation } = await volume(ref, call);
      return { type, capacity, allocation };
    },
    volumePath: async (ref, call) => (await volume(ref, call)).target.path ?? '',
    async refresh(ref, call) {
      const { object } = await one(ref, call);
      await guests.session.call('RefreshDatastore', object, [], call);
    },
    async deleteVolume(ref, _options, call) {
      const { target } = await volume(ref, call);
      const { datacenter } = await guests.place(call);
      const parameters = [
        ['name', target.path ?? ''],
        ['datacenter', datacenter],
      ] as const;
      await runTask(
        guests.session,
        'DeleteVirtualDisk_Task',
        { type: 'VirtualDiskManager', id: 'virtualDiskManager' },
        parameters,
        call,
      );
    },
  };
}

const poolOf = (by: VolumeKey): string => {
  if ('pool' in by) return by.pool.name;
  try {
    return parseDatastorePath('key' in by ? by.key : by.path).datastore;
  } catch {
    return ''; // text of another shape names no volume here
  }
};
const isMeant = (volume: StorageVolume, by: VolumeKey): boolean => {
  if ('pool' in by) return volume.name === by.name;
  return (volume.key ?? '') === ('key' in by ? by.key : by.path);
};
const volumeRef = (pool: string, { name, key }: StorageVolume): VolumeRef => ({ pool, name, key: key ?? name });
const summaryOf = ({ ref, accessible, pool }: Datastore): PoolSummary => ({
  ref,
  active: accessible,
  persistent: true,
  autostart: true,
  type: pool.type,
});

function readDatastore({ object, properties: found }: ObjectProperties): Datastore {
  const summary = found.get('summary');
  const name = found.get('name')?.text ?? summary?.get('name').text ?? '';
  const mounted = found
    .get('host')
    ?.items()
    .map((host) => host.at('mountInfo', 'path').text ?? '')
    .find((path) => path !== '');
  const path = mounted ?? `/vmfs/volumes/${name}`;
  const ref = { uuid: uuidOf(path), name };
  const capacity = summary?.get('capacity').bigint ?? 0n;
  const available = summary?.get('freeSpace').bigint ?? 0n;
  const nas = found.get('info')?.get('nas');
  const pool: StoragePool = {
    ...ref,
    type: nas?.exists === true ? 'netfs' : found.get('info')?.get('vmfs').exists === true ? 'fs' : 'dir',
    capacity,
    available,
    allocation: capacity - available,
    source: nas?.exists === true ? nasSource(nas.get('remoteHost').text ?? '', nas.get('remotePath').text ?? '') : {},
    target: { path },
  };
  return {
    ref,
    object,
    browser: found.get('browser')?.reference,
    accessible: summary?.get('accessible').text !== 'false',
    pool,
  };
}

const nasSource = (name: string, path: string): StoragePool['source'] => ({ host: [{ name }], dir: { path } });

/** What the server has no uuid for gets one from its name, the same as libvirt's. */
export function uuidOf(text: string): string {
  const digits = createHash('md5').update(text).digest('hex');
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
