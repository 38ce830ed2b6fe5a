import { describe, expect, it } from 'vitest';
import * as protocol from '../src/index.js';
import { type FlagBits, type WordTable } from '../src/index.js';
import { loadReference } from './reference.js';

interface Enum {
  readonly values: readonly { readonly name: string; readonly value: number; readonly sentinel?: boolean }[];
}
const api = loadReference<{ readonly enums: Readonly<Record<string, Enum>> }>('api.json');

/** Numbers of an enumeration by the end of their names, which is what our words are. */
function numbersOf(name: string): Map<string, number> {
  const values = api?.enums[name]?.values ?? expect.fail(`no enumeration ${name}`);
  return new Map(values.filter(({ sentinel }) => !sentinel).map((value) => [bare(value.name), value.value]));
}
const bare = (text: string): string => text.replace(/[^a-z0-9]/gi, '').toLowerCase();

/** The number of the value whose name ends like the word. */
function numberIn(numbers: ReadonlyMap<string, number>, word: string): number | undefined {
  const wanted = bare(word);
  const fitting = [...numbers].filter(([name]) => name.endsWith(wanted)).sort(([a], [b]) => a.length - b.length);
  return fitting[0]?.[1];
}

const words: readonly (readonly [enumeration: string, table: WordTable])[] = [
  ['virDomainState', protocol.domainStates],
  ['virDomainRunningReason', protocol.domainStateReasons['running'] as WordTable],
  ['virDomainPausedReason', protocol.domainStateReasons['paused'] as WordTable],
  ['virDomainShutdownReason', protocol.domainStateReasons['shutdown'] as WordTable],
  ['virDomainShutoffReason', protocol.domainStateReasons['shutoff'] as WordTable],
  ['virDomainCrashedReason', protocol.domainStateReasons['crashed'] as WordTable],
  ['virDomainEventType', protocol.domainEvents],
  ['virDomainEventDefinedDetailType', protocol.domainEventDetails['defined'] as WordTable],
  ['virDomainEventUndefinedDetailType', protocol.domainEventDetails['undefined'] as WordTable],
  ['virDomainEventStartedDetailType', protocol.domainEventDetails['started'] as WordTable],
  ['virDomainEventSuspendedDetailType', protocol.domainEventDetails['suspended'] as WordTable],
  ['virDomainEventResumedDetailType', protocol.domainEventDetails['resumed'] as WordTable],
  ['virDomainEventStoppedDetailType', protocol.domainEventDetails['stopped'] as WordTable],
  ['virDomainEventShutdownDetailType', protocol.domainEventDetails['shutdown'] as WordTable],
  ['virDomainEventPMSuspendedDetailType', protocol.domainEventDetails['pmsuspended'] as WordTable],
  ['virDomainEventCrashedDetailType', protocol.domainEventDetails['crashed'] as WordTable],
  ['virDomainEventWatchdogAction', protocol.watchdogActions],
  ['virDomainEventIOErrorAction', protocol.ioErrorActions],
  ['virDomainEventGraphicsAddressType', protocol.graphicsFamilies],
  ['virDomainEventTrayChangeReason', protocol.trayChangeReasons],
  ['virConnectDomainEventAgentLifecycleState', protocol.agentStates],
  ['virConnectDomainEventAgentLifecycleReason', protocol.agentReasons],
  ['virDomainMetadataType', protocol.metadataTypes],
  ['virDomainControlState', protocol.controlStates],
  ['virVcpuState', protocol.vcpuStates],
  ['virDomainDiskErrorCode', protocol.diskErrors],
  ['virDomainBlockJobType', protocol.blockJobTypes],
  ['virDomainJobType', protocol.jobTypes],
  ['virDomainLifecycle', protocol.lifecycleEvents],
  ['virDomainInterfaceAddressesSource', protocol.addressSources],
  ['virIPAddrType', protocol.addressFamilies],
  ['virNodeSuspendTarget', protocol.suspendTargets],
  ['virDomainCoreDumpFormat', protocol.coreDumpFormats],
  ['virNetworkEventLifecycleType', protocol.networkEvents],
  ['virStoragePoolEventLifecycleType', protocol.storagePoolEvents],
  ['virNodeDeviceEventLifecycleType', protocol.nodeDeviceEvents],
  ['virSecretEventLifecycleType', protocol.secretEvents],
  ['virSecretUsageType', protocol.secretUsageTypes],
  ['virStoragePoolState', protocol.storagePoolStates],
  ['virStorageVolType', protocol.storageVolTypes],
  ['virStorageVolWipeAlgorithm', protocol.wipeAlgorithms],
  ['virNetworkUpdateCommand', protocol.networkUpdateCommands],
  ['virNetworkUpdateSection', protocol.networkUpdateSections],
];

/** Sets of bits, and names in them that libvirt calls otherwise. */
const sets: readonly (readonly [enumeration: string, bits: FlagBits, other?: Readonly<Record<string, string>>])[] = [
  ['virDomainModificationImpact', protocol.targetFlags],
  ['virDomainCreateFlags', protocol.startFlags],
  ['virDomainDefineFlags', protocol.defineFlags],
  ['virDomainShutdownFlagValues', protocol.stopMethods, { acpi: 'acpiPowerBtn', agent: 'guestAgent' }],
  ['virDomainRebootFlagValues', protocol.stopMethods, { acpi: 'acpiPowerBtn', agent: 'guestAgent' }],
  ['virDomainDestroyFlagsValues', protocol.destroyFlags],
  ['virDomainUndefineFlagsValues', protocol.undefineFlags, { nvram: 'undefineNvram', tpm: 'undefineTpm' }],
  ['virDomainXMLFlags', protocol.domainXmlFlags],
  ['virDomainMemoryModFlags', protocol.memoryFlags],
  ['virDomainVcpuFlags', protocol.vcpuFlags],
  ['virDomainDeviceModifyFlags', protocol.deviceFlags],
  ['virConnectListAllDomainsFlags', protocol.listDomainsFlags, exact('listDomains', protocol.listDomainsFlags)],
  ['virDomainStatsTypes', protocol.statisticsGroups],
  ['virConnectGetAllDomainStatsFlags', protocol.statisticsFlags, { enforce: 'enforceStats', active: 'statsActive' }],
  ['virDomainConsoleFlags', protocol.consoleFlags],
  ['virDomainOpenGraphicsFlags', protocol.graphicsFlags],
  ['virDomainBlockResizeFlags', protocol.blockResizeFlags],
  ['virDomainSaveRestoreFlags', protocol.saveFlags],
  ['virDomainSnapshotCreateFlags', protocol.snapshotCreateFlags, { reuseExternal: 'reuseExt' }],
  ['virDomainSnapshotListFlags', protocol.snapshotListFlags, exact('snapshotList', protocol.snapshotListFlags)],
  ['virDomainSnapshotListFlags', protocol.snapshotChildrenFlags, exact('snapshotList', protocol.snapshotChildrenFlags)],
  ['virDomainSnapshotRevertFlags', protocol.snapshotRevertFlags, { run: 'running', pause: 'paused' }],
  ['virDomainSnapshotDeleteFlags', protocol.snapshotDeleteFlags],
  ['virDomainCheckpointListFlags', protocol.checkpointListFlags, exact('checkpointList', protocol.checkpointListFlags)],
  ['virDomainCheckpointCreateFlags', protocol.checkpointCreateFlags],
  ['virDomainCheckpointXMLFlags', protocol.checkpointXmlFlags],
  ['virDomainGetJobStatsFlags', protocol.jobStatsFlags, { completed: 'statsCompleted' }],
  ['virDomainAbortJobFlagsValues', protocol.abortJobFlags],
  ['virDomainGetHostnameFlags', protocol.hostnameFlags],
  ['virDomainMessageType', protocol.messageTypes, { ioerror: 'ioErrors' }],
  ['virDomainGuestInfoTypes', protocol.guestInfoGroups],
  ['virDomainSetTimeFlags', protocol.setTimeFlags],
  ['virDomainSetUserPasswordFlags', protocol.passwordFlags],
  ['virDomainCoreDumpFlags', protocol.coreDumpFlags],
  ['virDomainQemuMonitorCommandFlags', protocol.monitorCommandFlags],
  ['virConnectGetDomainCapabilitiesFlags', protocol.domainCapabilitiesFlags],
  [
    'virDomainMigrateFlags',
    protocol.migrateFlags,
    { persistDestination: 'persistDest', nonSharedIncremental: 'nonSharedInc' },
  ],
  ['virDomainMigrateMaxSpeedFlags', protocol.migrateSpeedFlags],
  ['virDomainBlockPullFlags', protocol.blockPullFlags],
  ['virDomainBlockRebaseFlags', protocol.blockRebaseFlags, { reuseExternal: 'reuseExt', copyDevice: 'copyDev' }],
  ['virDomainBlockCommitFlags', protocol.blockCommitFlags],
  ['virDomainBlockCopyFlags', protocol.blockCopyFlags, { reuseExternal: 'reuseExt', transient: 'transientJob' }],
  ['virDomainBlockJobAbortFlags', protocol.blockJobAbortFlags],
  ['virDomainBlockJobInfoFlags', protocol.blockJobBandwidthFlags],
  ['virDomainMemoryFlags', protocol.memoryPeekFlags],
  ['virDomainDirtyRateCalcFlags', protocol.dirtyRateFlags],
  ['virDomainAuthorizedSSHKeysSetFlags', protocol.authorizedKeysFlags],
  ['virConnectDomainQemuMonitorEventRegisterFlags', protocol.monitorEventFlags],
  ['virConnectCompareCPUFlags', protocol.compareCpuFlags, { validate: 'validateXml' }],
  ['virConnectBaselineCPUFlags', protocol.baselineCpuFlags],
  ['virNodeAllocPagesFlags', protocol.allocPagesFlags],
  ['virNetworkXMLFlags', protocol.inactiveFlags],
  ['virConnectListAllNetworksFlags', protocol.listNetworksFlags, exact('listNetworks', protocol.listNetworksFlags)],
  ['virConnectListAllStoragePoolsFlags', protocol.listPoolTypes, exact('listStoragePools', protocol.listPoolTypes)],
  [
    'virConnectListAllInterfacesFlags',
    protocol.listInterfacesFlags,
    exact('listInterfaces', protocol.listInterfacesFlags),
  ],
  ['virConnectListAllSecretsFlags', protocol.listSecretsFlags, exact('listSecrets', protocol.listSecretsFlags)],
  [
    'virConnectListAllNodeDeviceFlags',
    protocol.listNodeDevicesFlags,
    exact('nodeDevices', protocol.listNodeDevicesFlags),
  ],
  ['virStoragePoolBuildFlags', protocol.poolBuildFlags, { overwrite: 'buildOverwrite' }],
  ['virStoragePoolCreateFlags', protocol.poolCreateFlags, { build: 'withBuild', overwrite: 'buildOverwrite' }],
  ['virStoragePoolDeleteFlags', protocol.poolDeleteFlags],
  ['virStorageVolCreateFlags', protocol.volumeCreateFlags],
  ['virStorageVolDeleteFlags', protocol.volumeDeleteFlags],
  ['virStorageVolInfoFlags', protocol.volumeInfoFlags],
  ['virStorageVolResizeFlags', protocol.volumeResizeFlags],
  ['virStorageVolUploadFlags', protocol.sparseFlags, { sparse: 'sparseStream' }],
];

/** Names that are also the end of others (`active` of `inactive`) are looked up with what stands before them. */
function exact(before: string, bits: FlagBits): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.keys(bits).map((name) => [name, `${before}${name}`]));
}

describe.skipIf(api === undefined)(
  'numbers of words and flags against the reference (skipped without api.json)',
  () => {
    for (const [enumeration, table] of words) {
      it(enumeration, () => {
        const numbers = numbersOf(enumeration);
        for (const word of table.words) {
          if (word === 'drop-missing-on-start') continue;
          expect([word, table.number(word)]).toEqual([word, numberIn(numbers, word)]);
        }
      });
    }

    for (const [enumeration, bits, other = {}] of sets) {
      it(enumeration, () => {
        const numbers = numbersOf(enumeration);
        for (const [name, bit] of Object.entries(bits)) {
          expect([name, bit]).toEqual([name, numberIn(numbers, other[name] ?? name)]);
        }
      });
    }
  },
);

describe('words', () => {
  it('are one word in every spelling, and numbers of a newer libvirt have none', () => {
    const { domainStateReasons } = protocol;
    const running = domainStateReasons['running'] as WordTable;
    expect(['from-snapshot', 'fromSnapshot', 'from snapshot'].map((word) => running.number(word))).toEqual([4, 4, 4]);
    expect([running.number('nonsense'), running.word(99)]).toEqual([undefined, undefined]);
  });
});

describe('flags', () => {
  it('become options and back, and bits without a name are not seen', () => {
    const { bitsOf, namesOf, optionsOf, vcpuFlags } = protocol;
    expect(optionsOf(vcpuFlags, 0x25)).toEqual({ live: true, maximum: true });
    expect(namesOf(vcpuFlags, 0x5)).toEqual(['live', 'maximum']);
    expect(bitsOf(vcpuFlags, { guest: true, config: false })).toBe(8);
    expect(bitsOf(protocol.statisticsFlags, { enforce: true })).toBe(0x8000_0000);
    expect(optionsOf(protocol.statisticsFlags, 0x8000_0000)).toEqual({ enforce: true });
  });
});

describe('types of parameters', () => {
  it.each([
    ['vcpu.3.state', 'int'],
    ['vcpu.0.time', 'ullong'],
    ['vcpu.current', 'uint'],
    ['block.count', 'uint'],
    ['net.12.rx.bytes', 'ullong'],
    ['rd_bytes', 'llong'],
    ['vcpu_quota', 'llong'],
    ['cpu_shares', 'ullong'],
  ])('%s is a %s', (name, type) => {
    expect(protocol.parameterType(name)).toBe(type);
    expect(protocol.parameterType(name)).toBe(type);
  });

  it('of a name without a rule are left to the value', () => {
    expect(protocol.parameterType('something.new')).toBeUndefined();
  });
});
