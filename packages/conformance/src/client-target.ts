import { type Connection, LibvirtError } from '@virtkit/client';
import type { DomainStateName } from '@virtkit/core';
import { domainEventDetails, domainEvents, domainStates } from '@virtkit/protocol';
import type { GuestHandle, LifecycleNotice, PoolHandle, ProbedFacet, Target } from './target.js';

const nobody = '<domain/>';
const config = 2;
/** @libvirt virConnectListAllDomainsFlags */
const listFlags = { active: 1, inactive: 2 };

/** What a guest is called on the wire. */
const wire = ({ uuid, name, id = -1 }: GuestHandle) => ({ uuid, name, id });
const local = ({
  uuid,
  name,
  id,
}: {
  readonly uuid: string;
  readonly name: string;
  readonly id: number;
}): GuestHandle => (id < 0 ? { uuid, name } : { uuid, name, id });
const snapshotOf = (guest: GuestHandle, name: string) => ({ name, dom: wire(guest) });

/** A client's connection to a daemon. */
export function clientTarget(connection: Connection, close: () => Promise<void> = () => connection.close()): Target {
  const { remote } = connection;
  return {
    way: 'wire',
    failureOf: (error) =>
      error instanceof LibvirtError ? { code: error.code, origin: error.domain, message: error.message } : undefined,
    type: async () => (await remote.connectGetType({})).type,
    uri: () => connection.uri(),
    capabilities: () => connection.capabilities(),

    guests: async ({ active, inactive } = {}) => {
      const flags = (active === true ? listFlags.active : 0) | (inactive === true ? listFlags.inactive : 0);
      return (await remote.connectListAllDomains({ needResults: 1, flags })).domains.map(local);
    },
    activeIds: async () => (await remote.connectListDomains({ maxids: 10_000 })).ids,
    inactiveNames: async () => (await remote.connectListDefinedDomains({ maxnames: 10_000 })).names,
    counts: async () => ({
      active: (await remote.connectNumOfDomains({})).num,
      inactive: (await remote.connectNumOfDefinedDomains({})).num,
    }),
    guestByName: async (name) => local((await remote.domainLookupByName({ name })).dom),
    guestByUuid: async (uuid) => local((await remote.domainLookupByUUID({ uuid })).dom),
    guestById: async (id) => local((await remote.domainLookupByID({ id })).dom),
    figures: async (guest) => {
      const { state, maxMem, memory, nrVirtCpu } = await remote.domainGetInfo({ dom: wire(guest) });
      return {
        state: domainStates.word(state) ?? 'nostate',
        maxMemoryKiB: Number(maxMem),
        memoryKiB: Number(memory),
        vcpus: nrVirtCpu,
      };
    },
    isActive: async (guest) => (await remote.domainIsActive({ dom: wire(guest) })).active === 1,
    isPersistent: async (guest) => (await remote.domainIsPersistent({ dom: wire(guest) })).persistent === 1,
    document: async (guest, { inactive } = {}) =>
      (await remote.domainGetXMLDesc({ dom: wire(guest), flags: inactive === true ? 2 : 0 })).xml,
    autostart: async (guest) => (await remote.domainGetAutostart({ dom: wire(guest) })).autostart === 1,

    define: async (xml) => local((await remote.domainDefineXMLFlags({ xml, flags: 0 })).dom),
    createTransient: async (xmlDesc) => local((await remote.domainCreateXML({ xmlDesc, flags: 0 })).dom),
    undefine: (guest) => done(remote.domainUndefineFlags({ dom: wire(guest), flags: 0 })),
    start: async (guest, { paused } = {}) =>
      local((await remote.domainCreateWithFlags({ dom: wire(guest), flags: paused === true ? 1 : 0 })).dom),
    destroy: (guest) => done(remote.domainDestroyFlags({ dom: wire(guest), flags: 0 })),
    shutdown: (guest) => done(remote.domainShutdownFlags({ dom: wire(guest), flags: 0 })),
    suspend: (guest) => done(remote.domainSuspend({ dom: wire(guest) })),
    resume: (guest) => done(remote.domainResume({ dom: wire(guest) })),
    reset: (guest) => done(remote.domainReset({ dom: wire(guest), flags: 0 })),
    setAutostart: (guest, value) => done(remote.domainSetAutostart({ dom: wire(guest), autostart: value ? 1 : 0 })),
    rename: async (guest, newName) => {
      await remote.domainRename({ dom: wire(guest), newName, flags: 0 });
      return local((await remote.domainLookupByName({ name: newName })).dom);
    },
    setMemory: (guest, kib) => done(remote.domainSetMemoryFlags({ dom: wire(guest), memory: kib, flags: config })),
    setTitle: (guest, metadata) =>
      done(remote.domainSetMetadata({ dom: wire(guest), type: 1, metadata, flags: config })),
    attach: (guest, xml) => done(remote.domainAttachDeviceFlags({ dom: wire(guest), xml, flags: config })),
    detach: (guest, xml) => done(remote.domainDetachDeviceFlags({ dom: wire(guest), xml, flags: config })),
    notices: () => noticesOf(connection),

    statisticsOfAll: async () =>
      (await remote.connectGetAllDomainStats({ doms: [], stats: 1, flags: 0 })).retStats.map(({ dom, params }) => ({
        name: dom.name,
        state: stateIn(params),
      })),
    snapshots: async (guest) =>
      (await remote.domainListAllSnapshots({ dom: wire(guest), needResults: 1, flags: 0 })).snapshots.map(
        ({ name }) => name,
      ),
    createSnapshot: async (guest, xmlDesc) =>
      (await remote.domainSnapshotCreateXML({ dom: wire(guest), xmlDesc, flags: 0 })).snap.name,
    currentSnapshot: async (guest) => (await remote.domainSnapshotCurrent({ dom: wire(guest), flags: 0 })).snap.name,
    revert: (guest, name) => done(remote.domainRevertToSnapshot({ snap: snapshotOf(guest, name), flags: 0 })),
    deleteSnapshot: (guest, name) => done(remote.domainSnapshotDelete({ snap: snapshotOf(guest, name), flags: 0 })),

    checkpoints: async (guest) =>
      (await remote.domainListAllCheckpoints({ dom: wire(guest), needResults: 1, flags: 0 })).checkpoints.map(
        ({ name }) => name,
      ),
    managedSave: (guest) => done(remote.domainManagedSave({ dom: wire(guest), flags: 0 })),
    hasManagedSave: async (guest) =>
      (await remote.domainHasManagedSaveImage({ dom: wire(guest), flags: 0 })).result === 1,
    schedulerType: async (guest) => (await remote.domainGetSchedulerType({ dom: wire(guest) })).type,
    sendKeys: (guest, keycodes) =>
      done(remote.domainSendKey({ dom: wire(guest), codeset: 0, holdtime: 0, keycodes: [...keycodes], flags: 0 })),
    interfaces: async () =>
      (await remote.connectListAllInterfaces({ needResults: 1, flags: 0 })).ifaces.map(({ name }) => name),
    interfaceDocument: async (name) => (await remote.interfaceGetXMLDesc({ iface: { name, mac: '' }, flags: 0 })).xml,
    nodeDevices: async () =>
      (await remote.connectListAllNodeDevices({ needResults: 1, flags: 0 })).devices.map(({ name }) => name),
    nodeDeviceDocument: async (name) => (await remote.nodeDeviceGetXMLDesc({ name, flags: 0 })).xml,

    pools: async () => (await remote.connectListAllStoragePools({ needResults: 1, flags: 0 })).pools,
    definePool: async (xml) => (await remote.storagePoolDefineXML({ xml, flags: 0 })).pool,
    startPool: (pool) => done(remote.storagePoolCreate({ pool, flags: 0 })),
    stopPool: (pool) => done(remote.storagePoolDestroy({ pool })),
    undefinePool: (pool) => done(remote.storagePoolUndefine({ pool })),
    volumes: async (pool) =>
      (await remote.storagePoolListAllVolumes({ pool, needResults: 1, flags: 0 })).vols.map(({ name }) => name),
    createVolume: async (pool, xml) => (await remote.storageVolCreateXML({ pool, xml, flags: 0 })).vol,
    volumeByPath: async (path) => (await remote.storageVolLookupByPath({ path })).vol,
    volumePath: async (vol) => (await remote.storageVolGetPath({ vol })).name,
    deleteVolume: (vol) => done(remote.storageVolDelete({ vol, flags: 0 })),

    networks: async () => (await remote.connectListAllNetworks({ needResults: 1, flags: 0 })).nets,
    defineNetwork: async (xml) => (await remote.networkDefineXML({ xml })).net,
    startNetwork: (net) => done(remote.networkCreate({ net })),
    stopNetwork: (net) => done(remote.networkDestroy({ net })),
    undefineNetwork: (net) => done(remote.networkUndefine({ net })),
    isNetworkActive: async (net: PoolHandle) => (await remote.networkIsActive({ net })).active === 1,

    probe: (facet, guest) => probes[facet](connection, guest),
    [Symbol.asyncDispose]: close,
  };
}

type Probe = (connection: Connection, guest: GuestHandle) => Promise<unknown>;
const probes: Readonly<Record<ProbedFacet, Probe>> = {
  lifecycle: ({ remote }, guest) => remote.domainShutdown({ dom: wire(guest) }),
  configuration: ({ remote }) => remote.domainDefineXML({ xml: nobody }),
  devices: ({ remote }, guest) => remote.domainAttachDevice({ dom: wire(guest), xml: '<disk/>' }),
  statistics: ({ remote }) => remote.connectGetAllDomainStats({ doms: [], stats: 0, flags: 0 }),
  console: ({ remote }, guest) =>
    remote.domainSendKey({ dom: wire(guest), codeset: 0, holdtime: 0, keycodes: [30], flags: 0 }),
  native: ({ remote }) => remote.connectDomainXMLToNative({ nativeFormat: 'none', domainXml: nobody, flags: 0 }),
  guest: ({ remote }, guest) => remote.domainGetFSInfo({ dom: wire(guest), flags: 0 }),
  tuning: ({ remote }, guest) => remote.domainGetSchedulerType({ dom: wire(guest) }),
  blockJob: ({ remote }, guest) => remote.domainBlockPull({ dom: wire(guest), path: 'vda', bandwidth: 0, flags: 0 }),
  savedImage: ({ remote }, guest) => remote.domainManagedSave({ dom: wire(guest), flags: 0 }),
  snapshot: ({ remote }, guest) => remote.domainListAllSnapshots({ dom: wire(guest), needResults: 1, flags: 0 }),
  checkpoint: ({ remote }, guest) => remote.domainListAllCheckpoints({ dom: wire(guest), needResults: 1, flags: 0 }),
  backup: ({ remote }, guest) => remote.domainBackupGetXMLDesc({ dom: wire(guest), flags: 0 }),
  migration: ({ remote }, guest) => remote.domainMigrateGetMaxDowntime({ dom: wire(guest), flags: 0 }),
  security: ({ remote }, guest) => remote.domainGetSecurityLabel({ dom: wire(guest) }),
  cpuModels: ({ remote }) => remote.connectGetCPUModelNames({ arch: 'x86_64', needResults: 1, flags: 0 }),
  hostTuning: ({ remote }) => remote.nodeGetMemoryParameters({ nparams: 0, flags: 0 }),
  storage: ({ remote }) => remote.connectListAllStoragePools({ needResults: 1, flags: 0 }),
  network: ({ remote }) => remote.connectListAllNetworks({ needResults: 1, flags: 0 }),
  interface: ({ remote }) => remote.connectListAllInterfaces({ needResults: 1, flags: 0 }),
  nodeDevice: ({ remote }) => remote.connectListAllNodeDevices({ needResults: 1, flags: 0 }),
  assignment: ({ remote }) => remote.nodeDeviceReset({ name: 'pci_0000_00_00_0' }),
  secret: ({ remote }) => remote.connectListAllSecrets({ needResults: 1, flags: 0 }),
  nwfilter: ({ remote }) => remote.connectListAllNWFilters({ needResults: 1, flags: 0 }),
};

async function noticesOf(connection: Connection) {
  const seen: LifecycleNotice[] = [];
  const events = await connection.domains.lifecycleEvents();
  const reading = (async () => {
    for await (const { dom, ...numbers } of events) seen.push({ name: dom.name, ...lifecycleWords(numbers) });
  })();
  return {
    seen,
    [Symbol.asyncDispose]: async () => {
      await events.return?.();
      await reading;
    },
  };
}

/** Numbers without a word stand for themselves. */
function lifecycleWords(numbers: { readonly event: number; readonly detail: number }): Omit<LifecycleNotice, 'name'> {
  const event = domainEvents.word(numbers.event) ?? String(numbers.event);
  return { event, detail: domainEventDetails[event]?.word(numbers.detail) ?? String(numbers.detail) };
}

async function done(call: Promise<unknown>): Promise<void> {
  await call;
}

/** The value of `state.state` among typed parameters. */
function stateIn(
  parameters: readonly { readonly field: string; readonly value: unknown }[],
): DomainStateName | undefined {
  const found = parameters.find(({ field }) => field === 'state.state');
  return typeof found?.value === 'number' ? domainStates.word(found.value) : undefined;
}
