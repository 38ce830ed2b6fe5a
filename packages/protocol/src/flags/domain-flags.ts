import type { FlagBits } from './flag-set.js';

/** No flag at all is understood. */
export const noFlags = {} as const satisfies FlagBits;
/** @libvirt virDomainModificationImpact */
export const targetFlags = { live: 0x1, config: 0x2 } as const satisfies FlagBits;
/** @libvirt virDomainCreateFlags */
export const startFlags = {
  paused: 0x1,
  autodestroy: 0x2,
  bypassCache: 0x4,
  forceBoot: 0x8,
  validate: 0x10,
  resetNvram: 0x20,
} as const satisfies FlagBits;
/** @libvirt virDomainDefineFlags */
export const defineFlags = { validate: 0x1 } as const satisfies FlagBits;
/** @libvirt virDomainShutdownFlagValues, virDomainRebootFlagValues */
export const stopMethods = {
  acpi: 0x1,
  agent: 0x2,
  initctl: 0x4,
  signal: 0x8,
  paravirt: 0x10,
} as const satisfies FlagBits;
/** @libvirt virDomainDestroyFlagsValues */
export const destroyFlags = { graceful: 0x1, removeLogs: 0x2 } as const satisfies FlagBits;
/** @libvirt virDomainUndefineFlagsValues */
export const undefineFlags = {
  managedSave: 0x1,
  snapshotsMetadata: 0x2,
  nvram: 0x4,
  keepNvram: 0x8,
  checkpointsMetadata: 0x10,
  tpm: 0x20,
  keepTpm: 0x40,
} as const satisfies FlagBits;
/** @libvirt virDomainXMLFlags */
export const domainXmlFlags = {
  secure: 0x1,
  inactive: 0x2,
  updateCpu: 0x4,
  migratable: 0x8,
} as const satisfies FlagBits;
/** @libvirt virDomainMemoryModFlags */
export const memoryFlags = { ...targetFlags, maximum: 0x4 } as const satisfies FlagBits;
/** @libvirt virDomainVcpuFlags */
export const vcpuFlags = { ...targetFlags, maximum: 0x4, guest: 0x8, hotpluggable: 0x10 } as const satisfies FlagBits;
/** @libvirt virDomainDeviceModifyFlags */
export const deviceFlags = { ...targetFlags, force: 0x4 } as const satisfies FlagBits;
/** @libvirt virConnectListAllDomainsFlags */
export const listDomainsFlags = {
  active: 0x1,
  inactive: 0x2,
  persistent: 0x4,
  transient: 0x8,
  running: 0x10,
  paused: 0x20,
  shutoff: 0x40,
  other: 0x80,
  managedSave: 0x100,
  noManagedSave: 0x200,
  autostart: 0x400,
  noAutostart: 0x800,
  hasSnapshot: 0x1000,
  noSnapshot: 0x2000,
  hasCheckpoint: 0x4000,
  noCheckpoint: 0x8000,
} as const satisfies FlagBits;
/** Groups of statistics. @libvirt virDomainStatsTypes */
export const statisticsGroups = {
  state: 0x1,
  'cpu-total': 0x2,
  balloon: 0x4,
  vcpu: 0x8,
  interface: 0x10,
  block: 0x20,
  perf: 0x40,
  iothread: 0x80,
  memory: 0x100,
  dirtyrate: 0x200,
  vm: 0x400,
} as const satisfies FlagBits;
/** @libvirt virConnectGetAllDomainStatsFlags */
export const statisticsFlags = {
  active: 0x1,
  inactive: 0x2,
  persistent: 0x4,
  transient: 0x8,
  running: 0x10,
  paused: 0x20,
  shutoff: 0x40,
  other: 0x80,
  nowait: 0x2000_0000,
  backing: 0x4000_0000,
  enforce: 0x8000_0000,
} as const satisfies FlagBits;
/** @libvirt virDomainConsoleFlags, virDomainChannelFlags */
export const consoleFlags = { force: 0x1, safe: 0x2 } as const satisfies FlagBits;
/** @libvirt virDomainOpenGraphicsFlags */
export const graphicsFlags = { skipAuth: 0x1 } as const satisfies FlagBits;
/** @libvirt virDomainBlockResizeFlags */
export const blockResizeFlags = { bytes: 0x1, capacity: 0x2 } as const satisfies FlagBits;
/** @libvirt virDomainSaveRestoreFlags */
export const saveFlags = {
  bypassCache: 0x1,
  running: 0x2,
  paused: 0x4,
  resetNvram: 0x8,
} as const satisfies FlagBits;
/** @libvirt virDomainSnapshotCreateFlags */
export const snapshotCreateFlags = {
  redefine: 0x1,
  current: 0x2,
  noMetadata: 0x4,
  halt: 0x8,
  diskOnly: 0x10,
  reuseExternal: 0x20,
  quiesce: 0x40,
  atomic: 0x80,
  live: 0x100,
  validate: 0x200,
} as const satisfies FlagBits;
const snapshotGroups = {
  metadata: 0x2,
  leaves: 0x4,
  noLeaves: 0x8,
  noMetadata: 0x10,
  inactive: 0x20,
  active: 0x40,
  diskOnly: 0x80,
  internal: 0x100,
  external: 0x200,
  topological: 0x400,
} as const satisfies FlagBits;
/** @libvirt virDomainSnapshotListFlags, of a domain */
export const snapshotListFlags = { roots: 0x1, ...snapshotGroups } as const satisfies FlagBits;
/** @libvirt virDomainSnapshotListFlags, of a snapshot's children */
export const snapshotChildrenFlags = { descendants: 0x1, ...snapshotGroups } as const satisfies FlagBits;
/** @libvirt virDomainCheckpointListFlags */
export const checkpointListFlags = {
  roots: 0x1,
  topological: 0x2,
  leaves: 0x4,
  noLeaves: 0x8,
} as const satisfies FlagBits;
/** @libvirt virDomainCheckpointListFlags, of a checkpoint's children */
export const checkpointChildrenFlags = {
  descendants: 0x1,
  topological: 0x2,
  leaves: 0x4,
  noLeaves: 0x8,
} as const satisfies FlagBits;
/** @libvirt virDomainCheckpointCreateFlags */
export const checkpointCreateFlags = {
  redefine: 0x1,
  quiesce: 0x2,
  redefineValidate: 0x4,
} as const satisfies FlagBits;
/** @libvirt virDomainCheckpointXMLFlags */
export const checkpointXmlFlags = { secure: 0x1, noDomain: 0x2, size: 0x4 } as const satisfies FlagBits;
/** @libvirt virDomainSnapshotXMLFlags, virDomainSaveImageXMLFlags */
export const secureFlags = { secure: 0x1 } as const satisfies FlagBits;
/** @libvirt virDomainBackupBeginFlags */
export const backupFlags = { reuseExternal: 0x1 } as const satisfies FlagBits;
/** @libvirt virDomainSnapshotRevertFlags */
export const snapshotRevertFlags = { run: 0x1, pause: 0x2, force: 0x4, resetNvram: 0x8 } as const satisfies FlagBits;
/** @libvirt virDomainSnapshotDeleteFlags, virDomainCheckpointDeleteFlags */
export const snapshotDeleteFlags = { children: 0x1, metadataOnly: 0x2, childrenOnly: 0x4 } as const satisfies FlagBits;
/** @libvirt virDomainGetJobStatsFlags */
export const jobStatsFlags = { completed: 0x1, keepCompleted: 0x2 } as const satisfies FlagBits;
/** @libvirt virDomainAbortJobFlagsValues */
export const abortJobFlags = { postcopy: 0x1 } as const satisfies FlagBits;
/** @libvirt virDomainGetHostnameFlags */
export const hostnameFlags = { lease: 0x1, agent: 0x2 } as const satisfies FlagBits;
/** @libvirt virDomainMessageType */
export const messageTypes = { deprecation: 0x1, tainting: 0x2, ioerror: 0x4 } as const satisfies FlagBits;
/** @libvirt virDomainGuestInfoTypes */
export const guestInfoGroups = {
  users: 0x1,
  os: 0x2,
  timezone: 0x4,
  hostname: 0x8,
  filesystem: 0x10,
  disks: 0x20,
  interfaces: 0x40,
  load: 0x80,
} as const satisfies FlagBits;
/** @libvirt virDomainSetTimeFlags */
export const setTimeFlags = { sync: 0x1 } as const satisfies FlagBits;
/** @libvirt virDomainSetUserPasswordFlags */
export const passwordFlags = { encrypted: 0x1 } as const satisfies FlagBits;
/** @libvirt virDomainCoreDumpFlags */
export const coreDumpFlags = {
  crash: 0x1,
  live: 0x2,
  bypassCache: 0x4,
  reset: 0x8,
  memoryOnly: 0x10,
} as const satisfies FlagBits;
/** @libvirt virDomainQemuMonitorCommandFlags */
export const monitorCommandFlags = { hmp: 0x1 } as const satisfies FlagBits;
/** @libvirt virConnectGetDomainCapabilitiesFlags */
export const domainCapabilitiesFlags = { disableDeprecatedFeatures: 0x1 } as const satisfies FlagBits;
/** @libvirt virDomainMigrateFlags */
export const migrateFlags = {
  live: 0x1,
  peer2peer: 0x2,
  tunnelled: 0x4,
  persistDestination: 0x8,
  undefineSource: 0x10,
  paused: 0x20,
  nonSharedDisk: 0x40,
  nonSharedIncremental: 0x80,
  changeProtection: 0x100,
  unsafe: 0x200,
  offline: 0x400,
  compressed: 0x800,
  abortOnError: 0x1000,
  autoConverge: 0x2000,
  rdmaPinAll: 0x4000,
  postcopy: 0x8000,
  tls: 0x1_0000,
  parallel: 0x2_0000,
  nonSharedSynchronousWrites: 0x4_0000,
  postcopyResume: 0x8_0000,
  zeroCopy: 0x10_0000,
} as const satisfies FlagBits;
/** @libvirt virDomainMigrateMaxSpeedFlags */
export const migrateSpeedFlags = { postcopy: 0x1 } as const satisfies FlagBits;
/** @libvirt virDomainBlockPullFlags */
export const blockPullFlags = { bytes: 0x40 } as const satisfies FlagBits;
/** @libvirt virDomainBlockRebaseFlags */
export const blockRebaseFlags = {
  shallow: 0x1,
  reuseExternal: 0x2,
  copyRaw: 0x4,
  copy: 0x8,
  relative: 0x10,
  copyDevice: 0x20,
  bytes: 0x40,
} as const satisfies FlagBits;
/** @libvirt virDomainBlockCommitFlags */
export const blockCommitFlags = {
  shallow: 0x1,
  delete: 0x2,
  active: 0x4,
  relative: 0x8,
  bytes: 0x10,
} as const satisfies FlagBits;
/** @libvirt virDomainBlockCopyFlags */
export const blockCopyFlags = {
  shallow: 0x1,
  reuseExternal: 0x2,
  transient: 0x4,
  synchronousWrites: 0x8,
} as const satisfies FlagBits;
/** @libvirt virDomainBlockJobAbortFlags */
export const blockJobAbortFlags = { async: 0x1, pivot: 0x2 } as const satisfies FlagBits;
/** @libvirt virDomainBlockJobInfoFlags, virDomainBlockJobSetSpeedFlags */
export const blockJobBandwidthFlags = { bytes: 0x1 } as const satisfies FlagBits;
/** @libvirt virDomainMemoryFlags */
export const memoryPeekFlags = { virtual: 0x1, physical: 0x2 } as const satisfies FlagBits;
/** @libvirt virDomainDirtyRateCalcFlags */
export const dirtyRateFlags = { 'dirty-bitmap': 0x1, 'dirty-ring': 0x2 } as const satisfies FlagBits;
/** @libvirt virDomainAuthorizedSSHKeysSetFlags */
export const authorizedKeysFlags = { append: 0x1, remove: 0x2 } as const satisfies FlagBits;
/** @libvirt virConnectDomainQemuMonitorEventRegisterFlags */
export const monitorEventFlags = { regex: 0x1, noCase: 0x2 } as const satisfies FlagBits;
