import type { BuildOptions } from '@virtkit/core';
import {
  defineFlags,
  type Handlers,
  inactiveFlags,
  limits,
  listPoolsFlags,
  listPoolTypes,
  noFlags,
  poolBuildFlags,
  poolCreateFlags,
  poolDeleteFlags,
  type remote,
  storagePoolStates,
} from '@virtkit/protocol';
import { flagged } from './flagged.js';
import type { RemoteCall } from './state.js';
import { bit, checkedMax, listed, nothing, wireObject } from './wire.js';

const listAll = flagged('virConnectListAllStoragePools', { ...listPoolsFlags, ...listPoolTypes });
const findSources = flagged('virConnectFindStoragePoolSources', noFlags);
const capabilities = flagged('virConnectGetStoragePoolCapabilities', noFlags);
const createXml = flagged('virStoragePoolCreateXML', poolCreateFlags);
const define = flagged('virStoragePoolDefineXML', defineFlags);
const create = flagged('virStoragePoolCreate', poolCreateFlags);
const build = flagged('virStoragePoolBuild', poolBuildFlags);
const remove = flagged('virStoragePoolDelete', poolDeleteFlags);
const refresh = flagged('virStoragePoolRefresh', noFlags);
const xmlDesc = flagged('virStoragePoolGetXMLDesc', inactiveFlags);

const names = (max: number, api: string): number =>
  checkedMax(max, limits.storagePoolList, 'maxnames', 'REMOTE_STORAGE_POOL_LIST_MAX', api);

/** Storage pools. */
export const storagePoolHandlers = {
  connectNumOfStoragePools: async (_args, { state }) => ({
    num: (await state.session.storagePools.list({ active: true }, { function: 'virConnectNumOfStoragePools' })).length,
  }),
  connectListStoragePools: async ({ maxnames }, { state }) => {
    const max = names(maxnames, 'virConnectListStoragePools');
    const pools = await state.session.storagePools.list({ active: true }, { function: 'virConnectListStoragePools' });
    return { names: pools.slice(0, max).map(({ ref }) => ref.name) };
  },
  connectNumOfDefinedStoragePools: async (_args, { state }) => ({
    num: (await state.session.storagePools.list({ inactive: true }, { function: 'virConnectNumOfDefinedStoragePools' }))
      .length,
  }),
  connectListDefinedStoragePools: async ({ maxnames }, { state }) => {
    const max = names(maxnames, 'virConnectListDefinedStoragePools');
    const pools = await state.session.storagePools.list(
      { inactive: true },
      { function: 'virConnectListDefinedStoragePools' },
    );
    return { names: pools.slice(0, max).map(({ ref }) => ref.name) };
  },
  connectListAllStoragePools: async ({ needResults, flags }, { state }) => {
    const filter = { ...listAll.options(flags), types: listAll.names(flags).filter(isPoolType) };
    const pools = await state.session.storagePools.list(filter, listAll.via(flags));
    const { items, ret } = listed(pools, needResults, ({ ref }) => wireObject(ref));
    return { pools: items, ret };
  },
  connectFindStoragePoolSources: async ({ type, srcSpec, flags }, { state }) => ({
    xml: await state.session.storagePools.discoverSources(type, srcSpec, findSources.via(flags)),
  }),
  connectGetStoragePoolCapabilities: async ({ flags }, { state }) => ({
    capabilities: await state.session.storagePools.capabilities(capabilities.via(flags)),
  }),
  storagePoolLookupByName: async ({ name }, { state }) => ({
    pool: wireObject((await state.session.storagePools.lookupByName(name)).ref),
  }),
  storagePoolLookupByUUID: async ({ uuid }, { state }) => ({
    pool: wireObject((await state.session.storagePools.lookupByUuid(uuid)).ref),
  }),
  storagePoolLookupByVolume: async ({ vol }, { state }) => ({
    pool: wireObject((await state.session.storagePools.lookupByVolume(vol)).ref),
  }),
  storagePoolLookupByTargetPath: async ({ path }, { state }) => ({
    pool: wireObject(await state.session.storagePools.lookupByTargetPath(path)),
  }),
  storagePoolCreateXML: async ({ xml, flags }, { state }) => ({
    pool: wireObject(
      await state.session.storagePools.createTransient(
        xml,
        startOptions(createXml.options(flags)),
        createXml.via(flags),
      ),
    ),
  }),
  storagePoolDefineXML: async ({ xml, flags }, { state }) => ({
    pool: wireObject(await state.session.storagePools.define(xml, define.options(flags), define.via(flags))),
  }),
  storagePoolCreate: async ({ pool, flags }, { state }) =>
    nothing(state.session.storagePools.start(pool, startOptions(create.options(flags)), create.via(flags))),
  storagePoolBuild: async ({ pool, flags }, { state }) =>
    nothing(state.session.storagePools.build(pool, build.options(flags), build.via(flags))),
  storagePoolDestroy: async ({ pool }, { state }) => nothing(state.session.storagePools.stop(pool)),
  storagePoolDelete: async ({ pool, flags }, { state }) =>
    nothing(state.session.storagePools.delete(pool, remove.options(flags), remove.via(flags))),
  storagePoolUndefine: async ({ pool }, { state }) => nothing(state.session.storagePools.undefine(pool)),
  storagePoolRefresh: async ({ pool, flags }, { state }) =>
    nothing(state.session.storagePools.refresh(pool, refresh.via(flags))),
  storagePoolGetInfo: async ({ pool }, { state }) => {
    const { state: now, ...sizes } = await state.session.storagePools.info(pool);
    return { state: storagePoolStates.number(now) ?? 0, ...sizes };
  },
  storagePoolGetXMLDesc: async ({ pool, flags }, { state }) => ({
    xml: (await state.session.storagePools.document(pool, xmlDesc.options(flags), xmlDesc.via(flags))).utf8,
  }),
  storagePoolGetAutostart: async ({ pool }, { state }) => ({
    autostart: bit(
      (await state.session.storagePools.summary(pool, { function: 'virStoragePoolGetAutostart' })).autostart,
    ),
  }),
  storagePoolSetAutostart: async ({ pool, autostart }, { state }) =>
    nothing(state.session.storagePools.setAutostart(pool, autostart !== 0)),
  storagePoolIsActive: async ({ pool }, { state }) => ({
    active: bit((await state.session.storagePools.summary(pool, { function: 'virStoragePoolIsActive' })).active),
  }),
  storagePoolIsPersistent: async ({ pool }, { state }) => ({
    persistent: bit(
      (await state.session.storagePools.summary(pool, { function: 'virStoragePoolIsPersistent' })).persistent,
    ),
  }),
} satisfies Handlers<typeof remote, RemoteCall>;

const isPoolType = (name: string): boolean => name in listPoolTypes;

/** Building with (no) overwriting is building. */
function startOptions(options: {
  readonly build?: true;
  readonly overwrite?: true;
  readonly noOverwrite?: true;
}): BuildOptions & { readonly build?: boolean } {
  return options.overwrite || options.noOverwrite ? { ...options, build: true } : options;
}
