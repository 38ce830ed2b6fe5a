import {
  type Handlers,
  limits,
  noFlags,
  type remote,
  sparseFlags,
  storageVolTypes,
  volumeCreateFlags,
  volumeDeleteFlags,
  volumeInfoFlags,
  volumeResizeFlags,
  wipeAlgorithms,
} from '@virtkit/protocol';
import type { ByteRange, VolumeInfo } from '@virtkit/core';
import { sinkEndpoint, sourceEndpoint } from '../streams/open.js';
import { flagged } from './flagged.js';
import type { RemoteCall } from './state.js';
import { checkedMax, chosen, listed, nothing, wireVolume } from './wire.js';

const listAll = flagged('virStoragePoolListAllVolumes', noFlags);
const create = flagged('virStorageVolCreateXML', volumeCreateFlags);
const createFrom = flagged('virStorageVolCreateXMLFrom', volumeCreateFlags);
const remove = flagged('virStorageVolDelete', volumeDeleteFlags);
const wipe = flagged('virStorageVolWipe', noFlags);
const wipePattern = flagged('virStorageVolWipePattern', noFlags);
const resize = flagged('virStorageVolResize', volumeResizeFlags);
const info = flagged('virStorageVolGetInfoFlags', volumeInfoFlags);
const xmlDesc = flagged('virStorageVolGetXMLDesc', noFlags);
const upload = flagged('virStorageVolUpload', sparseFlags);
const download = flagged('virStorageVolDownload', sparseFlags);

/** Storage volumes. */
export const storageVolumeHandlers = {
  storagePoolNumOfVolumes: async ({ pool }, { state }) => ({
    num: (await state.session.storagePools.volumes(pool, { function: 'virStoragePoolNumOfVolumes' })).length,
  }),
  storagePoolListVolumes: async ({ pool, maxnames }, { state }) => {
    const api = 'virStoragePoolListVolumes';
    const max = checkedMax(maxnames, limits.storageVolList, 'maxnames', 'REMOTE_STORAGE_VOL_LIST_MAX', api);
    const volumes = await state.session.storagePools.volumes(pool, { function: api });
    return { names: volumes.slice(0, max).map(({ name }) => name) };
  },
  storagePoolListAllVolumes: async ({ pool, needResults, flags }, { state }) => {
    const volumes = await state.session.storagePools.volumes(pool, listAll.via(flags));
    const { items, ret } = listed(volumes, needResults, wireVolume);
    return { vols: items, ret };
  },
  storageVolLookupByName: async ({ pool, name }, { state }) => ({
    vol: wireVolume(await state.session.storageVolumes.lookupByName(pool, name)),
  }),
  storageVolLookupByKey: async ({ key }, { state }) => ({
    vol: wireVolume(await state.session.storageVolumes.lookupByKey(key)),
  }),
  storageVolLookupByPath: async ({ path }, { state }) => ({
    vol: wireVolume(await state.session.storageVolumes.lookupByPath(path)),
  }),
  storageVolCreateXML: async ({ pool, xml, flags }, { state }) => ({
    vol: wireVolume(await state.session.storageVolumes.create(pool, xml, create.options(flags), create.via(flags))),
  }),
  storageVolCreateXMLFrom: async ({ pool, xml, clonevol, flags }, { state }) => ({
    vol: wireVolume(
      await state.session.storageVolumes.createFrom(
        pool,
        xml,
        clonevol,
        createFrom.options(flags),
        createFrom.via(flags),
      ),
    ),
  }),
  storageVolDelete: async ({ vol, flags }, { state }) =>
    nothing(state.session.storageVolumes.delete(vol, remove.options(flags), remove.via(flags))),
  storageVolWipe: async ({ vol, flags }, { state }) =>
    nothing(state.session.storageVolumes.wipe(vol, 'zero', wipe.via(flags))),
  storageVolWipePattern: async ({ vol, algorithm, flags }, { state }) => {
    const word = chosen(wipeAlgorithms, algorithm, 'algorithm', 'virStorageVolWipePattern');
    return nothing(state.session.storageVolumes.wipe(vol, word, wipePattern.via(flags)));
  },
  storageVolResize: async ({ vol, capacity, flags }, { state }) =>
    nothing(state.session.storageVolumes.resize(vol, capacity, resize.options(flags), resize.via(flags))),
  storageVolGetInfo: async ({ vol }, { state }) =>
    wireInfo(await state.session.storageVolumes.info(vol, {}, { function: 'virStorageVolGetInfo' })),
  storageVolGetInfoFlags: async ({ vol, flags }, { state }) =>
    wireInfo(await state.session.storageVolumes.info(vol, info.options(flags), info.via(flags))),
  storageVolGetXMLDesc: async ({ vol, flags }, { state }) => ({
    xml: await state.session.storageVolumes.xmlDesc(vol, xmlDesc.via(flags)),
  }),
  storageVolGetPath: async ({ vol }, { state }) => ({ name: await state.session.storageVolumes.path(vol) }),
  storageVolUpload: async ({ vol, offset, length, flags }, call) => {
    const { options, via } = upload;
    const sink = await call.state.session.storageVolumes.write(vol, range(offset, length), options(flags), via(flags));
    call.stream = sinkEndpoint(sink);
    return {};
  },
  storageVolDownload: async ({ vol, offset, length, flags }, call) => {
    const { options, via } = download;
    const source = await call.state.session.storageVolumes.read(vol, range(offset, length), options(flags), via(flags));
    call.stream = sourceEndpoint(source);
    return {};
  },
} satisfies Handlers<typeof remote, RemoteCall>;

/** A length of 0 means "to the end". */
const range = (offset: bigint, length: bigint): ByteRange => (length === 0n ? { offset } : { offset, length });

const wireInfo = ({
  type,
  capacity,
  allocation,
}: VolumeInfo): { type: number; capacity: bigint; allocation: bigint } => ({
  type: storageVolTypes.number(type) ?? 0,
  capacity,
  allocation,
});
