import type { PoolSource, StoragePool, StoragePoolType } from '@virtkit/schema';
import { storageError } from '../errors.js';
import type { Pools } from './pools.js';

type Same = (one: StoragePool, other: StoragePool) => boolean;

const devices = (source: PoolSource): readonly (string | undefined)[] => source.device?.map(({ path }) => path) ?? [];
const sameDevice: Same = (one, other) => devices(one.source).some((path) => devices(other.source).includes(path));
const sameHost: Same = (one, other) =>
  one.source.host?.[0]?.name === other.source.host?.[0]?.name &&
  one.source.host?.[0]?.port === other.source.host?.[0]?.port;
const sameDir: Same = (one, other) => one.source.dir?.path === other.source.dir?.path;
const sameName: Same = (one, other) => one.source.name === other.source.name;
const sameTarget: Same = (one, other) => one.target?.path === other.target?.path;
const sameInitiator: Same = (one, other) => one.source.initiator?.iqn?.name === other.source.initiator?.iqn?.name;
const sameAdapter: Same = (one, other) => JSON.stringify(one.source.adapter) === JSON.stringify(other.source.adapter);
const all =
  (...checks: readonly Same[]): Same =>
  (one, other) =>
    checks.every((check) => check(one, other));
const iscsi = all(sameHost, sameInitiator, sameDevice);

/** When two pools of one type would be the same storage. Types without a row may share theirs. */
const same: Partial<Record<StoragePoolType, Same>> = {
  dir: sameTarget,
  fs: sameDevice,
  netfs: all(sameHost, sameDir),
  gluster: all(sameHost, sameDir, sameName),
  logical: sameDevice,
  disk: sameDevice,
  zfs: sameDevice,
  scsi: sameAdapter,
  iscsi,
  'iscsi-direct': iscsi,
  mpath: () => true,
  vstorage: sameName,
};

/** Refuses a pool whose storage belongs to another one. */
export function refuseConflict(pools: Pools, definition: StoragePool): void {
  const isSame = same[definition.type];
  if (isSame === undefined) return;
  for (const other of pools.store.all()) {
    if (other.uuid === definition.uuid || other.name === definition.name) continue;
    const theirs = other.current();
    if (theirs.type === definition.type && isSame(definition, theirs))
      throw storageError('OPERATION_FAILED', `Storage source conflict with pool: '${other.name}'`);
  }
}
