import type { Session } from '@virtkit/core';
import { isVirtError } from '@virtkit/schema';
import type { GuestHandle, LifecycleNotice, ProbedFacet, Target } from './target.js';

const nobody = '<domain/>';

/** A session of a kernel in this process. */
export function sessionTarget(session: Session, close: () => Promise<void> = () => session.close()): Target {
  const { domains, storagePools, storageVolumes, networks, snapshots } = session;
  return {
    way: 'direct',
    failureOf: (error) =>
      isVirtError(error) ? { code: error.code, origin: error.origin, message: error.message } : undefined,
    type: async () => session.host.type(),
    uri: async () => session.uri,
    capabilities: () => session.host.capabilities(),

    guests: async (filter = {}) => (await domains.list(filter)).map(({ ref }) => ref),
    activeIds: () => domains.activeIds(),
    inactiveNames: () => domains.definedNames(),
    counts: async () => ({ active: await domains.activeCount(), inactive: await domains.definedCount() }),
    guestByName: async (name) => (await domains.lookupByName(name)).ref,
    guestByUuid: async (uuid) => (await domains.lookupByUuid(uuid)).ref,
    guestById: async (id) => (await domains.lookupById(id)).ref,
    figures: async (guest) => {
      const { state, maxMemoryKiB, memoryKiB, vcpus } = await domains.info(guest);
      return { state: state.state, maxMemoryKiB, memoryKiB, vcpus };
    },
    isActive: (guest) => domains.isActive(guest),
    isPersistent: (guest) => domains.isPersistent(guest),
    document: (guest, options) => domains.xmlDesc(guest, options),
    autostart: (guest) => domains.autostart(guest),

    define: (xml) => domains.define(xml),
    createTransient: (xml) => domains.createTransient(xml),
    undefine: (guest) => domains.undefine(guest),
    start: (guest, options) => domains.start(guest, options),
    destroy: (guest) => domains.destroy(guest),
    shutdown: (guest) => domains.shutdown(guest),
    suspend: (guest) => domains.suspend(guest),
    resume: (guest) => domains.resume(guest),
    reset: (guest) => domains.reset(guest),
    setAutostart: (guest, value) => domains.setAutostart(guest, value),
    rename: (guest, name) => domains.rename(guest, name),
    setMemory: (guest, kib) => domains.setMemory(guest, kib, { config: true }),
    setTitle: (guest, text) => domains.setMetadata(guest, { kind: 'title', text }, { config: true }),
    attach: (guest, device) => session.devices.attach(guest, device, { config: true }),
    detach: (guest, device) => session.devices.detach(guest, device, { config: true }),
    notices: async () => {
      const seen: LifecycleNotice[] = [];
      const subscription = session.events.onDomain({ type: 'lifecycle' }, ({ object, event }) => {
        if (event.type !== 'lifecycle') return;
        seen.push({ name: object.name, event: event.event, detail: event.detail });
      });
      return { seen, [Symbol.asyncDispose]: async () => subscription[Symbol.dispose]() };
    },

    statisticsOfAll: async () =>
      (await session.statistics.all({ groups: ['state'] })).map(({ domain, state }) => ({
        name: domain.name,
        state: state?.state,
      })),
    snapshots: async (guest) => (await snapshots.list(guest)).map(({ name }) => name),
    createSnapshot: async (guest, xml) => (await snapshots.create(guest, xml)).name,
    currentSnapshot: async (guest) => (await snapshots.current(guest)).name,
    revert: (guest, name) => snapshots.revert(guest, name, {}),
    deleteSnapshot: (guest, name) => snapshots.delete(guest, name, {}),

    checkpoints: async (guest) => (await session.checkpoints.list(guest)).map(({ name }) => name),
    managedSave: (guest) => session.savedImages.managedSave(guest, {}),
    hasManagedSave: (guest) => domains.hasManagedSave(guest),
    schedulerType: async (guest) => (await session.tuning.schedulerType(guest)).type,
    sendKeys: (guest, keys) => session.console.sendKey(guest, 0, 0, keys),
    interfaces: async () => (await session.interfaces.list()).map(({ ref }) => ref.name),
    interfaceDocument: (name) => session.interfaces.xmlDesc(name, {}),
    nodeDevices: async () => (await session.nodeDevices.list()).map(({ name }) => name),
    nodeDeviceDocument: (name) => session.nodeDevices.xmlDesc(name, {}),

    pools: async () => (await storagePools.list()).map(({ ref }) => ref),
    definePool: (xml) => storagePools.define(xml),
    startPool: (pool) => storagePools.start(pool, {}),
    stopPool: (pool) => storagePools.stop(pool),
    undefinePool: (pool) => storagePools.undefine(pool),
    volumes: async (pool) => (await storagePools.volumes(pool)).map(({ name }) => name),
    createVolume: (pool, xml) => storageVolumes.create(pool, xml),
    volumeByPath: (path) => storageVolumes.lookupByPath(path),
    volumePath: (volume) => storageVolumes.path(volume),
    deleteVolume: (volume) => storageVolumes.delete(volume, {}),

    networks: async () => (await networks.list()).map(({ ref }) => ref),
    defineNetwork: (xml) => networks.define(xml),
    startNetwork: (network) => networks.start(network),
    stopNetwork: (network) => networks.stop(network),
    undefineNetwork: (network) => networks.undefine(network),
    isNetworkActive: async (network) => (await networks.summary(network)).active,

    probe: (facet, guest) => probes[facet](session, guest),
    [Symbol.asyncDispose]: close,
  };
}

const probes: Readonly<Record<ProbedFacet, (session: Session, guest: GuestHandle) => Promise<unknown>>> = {
  lifecycle: ({ domains }, guest) => domains.shutdown(guest),
  configuration: ({ domains }) => domains.define(nobody),
  devices: ({ devices }, guest) => devices.attach(guest, '<disk/>'),
  statistics: ({ statistics }) => statistics.all(),
  console: (session, guest) => session.console.sendKey(guest, 0, 0, [30]),
  native: ({ native }) => native.connection.toNative('none', nobody),
  guest: (session, guest) => session.guest.filesystems(guest),
  tuning: ({ tuning }, guest) => tuning.schedulerType(guest),
  blockJob: ({ blockJobs }, guest) => blockJobs.pull(guest, 'vda', undefined, 0n, {}),
  savedImage: ({ savedImages }, guest) => savedImages.managedSave(guest, {}),
  snapshot: ({ snapshots }, guest) => snapshots.list(guest),
  checkpoint: ({ checkpoints }, guest) => checkpoints.list(guest),
  backup: ({ backups }, guest) => backups.xmlDesc(guest),
  migration: ({ migration }, guest) => migration.maxDowntime(guest),
  security: ({ security }, guest) => security.label(guest),
  cpuModels: ({ host }) => host.cpuModelNames('x86_64'),
  hostTuning: ({ host }) => host.memoryParameters(),
  storage: ({ storagePools }) => storagePools.list(),
  network: ({ networks }) => networks.list(),
  interface: ({ interfaces }) => interfaces.list(),
  nodeDevice: ({ nodeDevices }) => nodeDevices.list(),
  assignment: ({ nodeDevices }) => nodeDevices.reset('pci_0000_00_00_0'),
  secret: ({ secrets }) => secrets.list(),
  nwfilter: ({ nwfilters }) => nwfilters.list(),
};
