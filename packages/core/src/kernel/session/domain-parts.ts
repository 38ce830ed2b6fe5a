import { objectOperations, connectOperations, of, on } from './operations.js';
import { domainResolver } from './resolvers.js';

/** Screens, keyboards, consoles and channels. */
export const DomainConsole = objectOperations(domainResolver, {
  open: on('console.open', 'virDomainOpenConsole', 2, 1),
  openChannel: on('console.openChannel', 'virDomainOpenChannel', 2, 1),
  openGraphics: on('console.openGraphics', 'virDomainOpenGraphics', 3, 2),
  openGraphicsFd: on('console.openGraphicsFd', 'virDomainOpenGraphicsFD', 2, 1),
  screenshot: on('console.screenshot', 'virDomainScreenshot', 1),
  sendKey: on('console.sendKey', 'virDomainSendKey', 3),
  reloadGraphics: on('console.reloadGraphics', 'virDomainGraphicsReload', 1),
});

/** What needs the guest's own help. */
export const DomainGuest = objectOperations(domainResolver, {
  addresses: on('guest.addresses', 'virDomainInterfaceAddresses', 1),
  hostname: on('guest.hostname', 'virDomainGetHostname', 1),
  freeze: on('guest.freeze', 'virDomainFSFreeze', 1),
  thaw: on('guest.thaw', 'virDomainFSThaw', 1),
  trim: on('guest.trim', 'virDomainFSTrim', 2),
  filesystems: on('guest.filesystems', 'virDomainGetFSInfo', 0),
  time: on('guest.time', 'virDomainGetTime', 0),
  setTime: on('guest.setTime', 'virDomainSetTime', 2, 1),
  setPassword: on('guest.setPassword', 'virDomainSetUserPassword', 3, 2),
  vcpus: on('guest.vcpus', 'virDomainGetGuestVcpus', 0),
  setVcpus: on('guest.setVcpus', 'virDomainSetGuestVcpus', 2),
  information: on('guest.information', 'virDomainGetGuestInfo', 1),
  setResponseTimeout: on('guest.setResponseTimeout', 'virDomainAgentSetResponseTimeout', 1),
  sshKeys: on('guest.sshKeys', 'virDomainAuthorizedSSHKeysGet', 1),
  setSshKeys: on('guest.setSshKeys', 'virDomainAuthorizedSSHKeysSet', 3, 2),
});

/** Figures of one guest; those of many at once are `session.statistics.all`. */
export const DomainFigures = objectOperations(domainResolver, {
  block: on('statistics.block', 'virDomainBlockStatsFlags', 1),
  blockInfo: on('statistics.blockInfo', 'virDomainGetBlockInfo', 1),
  interface: on('statistics.interface', 'virDomainInterfaceStats', 1),
  memory: on('statistics.memory', 'virDomainMemoryStats', 0),
  vcpus: on('statistics.vcpus', 'virDomainGetVcpus', 0),
  cpu: on('statistics.cpu', 'virDomainGetCPUStats', 1),
  diskErrors: on('statistics.diskErrors', 'virDomainGetDiskErrors', 0),
  blockPeek: on('statistics.blockPeek', 'virDomainBlockPeek', 3),
  memoryPeek: on('statistics.memoryPeek', 'virDomainMemoryPeek', 3),
  startDirtyRate: on('statistics.startDirtyRate', 'virDomainStartDirtyRateCalc', 2),
  messages: on('statistics.messages', 'virDomainGetMessages', 1),
  control: on('statistics.control', 'virDomainGetControlInfo', 0),
  ioThreads: on('statistics.ioThreads', 'virDomainGetIOThreadInfo', 1, 0),
});

/** Shares, limits and pinning. */
export const DomainTuning = objectOperations(domainResolver, {
  read: on('tuning.read', 'virDomainGetSchedulerParametersFlags', 2, 1),
  write: on('tuning.write', 'virDomainSetSchedulerParametersFlags', 3, 2),
  schedulerType: on('tuning.schedulerType', 'virDomainGetSchedulerType', 0),
  readBlockIo: on('tuning.readBlockIo', 'virDomainGetBlockIoTune', 2, 1),
  writeBlockIo: on('tuning.writeBlockIo', 'virDomainSetBlockIoTune', 3, 2),
  readInterface: on('tuning.readInterface', 'virDomainGetInterfaceParameters', 2, 1),
  writeInterface: on('tuning.writeInterface', 'virDomainSetInterfaceParameters', 3, 2),
  writeIoThread: on('tuning.writeIoThread', 'virDomainSetIOThreadParams', 3, 2),
  pinVcpu: on('tuning.pinVcpu', 'virDomainPinVcpuFlags', 3, 2),
  vcpuPins: on('tuning.vcpuPins', 'virDomainGetVcpuPinInfo', 1, 0),
  pinEmulator: on('tuning.pinEmulator', 'virDomainPinEmulator', 2, 1),
  emulatorPin: on('tuning.emulatorPin', 'virDomainGetEmulatorPinInfo', 1, 0),
  pinIoThread: on('tuning.pinIoThread', 'virDomainPinIOThread', 3, 2),
  setBlockThreshold: on('tuning.setBlockThreshold', 'virDomainSetBlockThreshold', 2),
  setThrottleGroup: on('tuning.setThrottleGroup', 'virDomainSetThrottleGroup', 3, 2),
  removeThrottleGroup: on('tuning.removeThrottleGroup', 'virDomainDelThrottleGroup', 2, 1),
});

/** Work on disks of a running guest. */
export const DomainBlockJobs = objectOperations(domainResolver, {
  pull: on('blockJob.pull', 'virDomainBlockPull', 4, 3),
  copy: on('blockJob.copy', 'virDomainBlockCopy', 4, 3),
  commit: on('blockJob.commit', 'virDomainBlockCommit', 5, 4),
  rebase: on('blockJob.rebase', 'virDomainBlockRebase', 4, 3),
  info: on('blockJob.info', 'virDomainGetBlockJobInfo', 1),
  setSpeed: on('blockJob.setSpeed', 'virDomainBlockJobSetSpeed', 3, 2),
  abort: on('blockJob.abort', 'virDomainBlockJobAbort', 2, 1),
});

/** Labels and models of security drivers. */
export const DomainSecurity = objectOperations(domainResolver, {
  label: on('security.label', 'virDomainGetSecurityLabel', 0),
  labels: on('security.labels', 'virDomainGetSecurityLabelList', 0),
  launchInfo: on('security.launchInfo', 'virDomainGetLaunchSecurityInfo', 0),
  setLaunchState: on('security.setLaunchState', 'virDomainSetLaunchSecurityState', 1),
});

/** Copies of disks of running guests. */
export const DomainBackups = objectOperations(domainResolver, {
  begin: on('backup.begin', 'virDomainBackupBegin', 3, 2),
  xmlDesc: on('backup.definition', 'virDomainBackupGetXMLDesc', 0),
});

/** What only one hypervisor has. */
const NativeOnDomain = objectOperations(domainResolver, {
  monitorCommand: on('native.monitorCommand', 'virDomainQemuMonitorCommand', 2, 1),
  monitorCommandWithFiles: on('native.monitorCommandWithFiles', 'virDomainQemuMonitorCommandWithFiles', 3, 2),
  agentCommand: on('native.agentCommand', 'virDomainQemuAgentCommand', 2),
  openNamespaces: on('native.openNamespaces', 'virDomainLxcOpenNamespace', 0),
});
const NativeOnConnection = connectOperations({
  attachProcess: of('native.attachProcess', 'virDomainQemuAttach', 1),
  toNative: of('native.toNative', 'virConnectDomainXMLToNative', 2),
  fromNative: of('native.fromNative', 'virConnectDomainXMLFromNative', 2),
});
/** Definitions in the hypervisor's own form, and back. */
export class DomainNative extends NativeOnDomain {
  readonly connection = new NativeOnConnection(this.parts);
}

const MigrationOnDomain = objectOperations(domainResolver, {
  begin: on('migration.begin', 'virDomainMigrateBegin3Params', 1),
  perform: on('migration.perform', 'virDomainMigratePerform3Params', 1),
  confirm: on('migration.confirm', 'virDomainMigrateConfirm3Params', 1),
  startPostCopy: on('migration.startPostCopy', 'virDomainMigrateStartPostCopy', 0),
  maxDowntime: on('migration.maxDowntime', 'virDomainMigrateGetMaxDowntime', 0),
  setMaxDowntime: on('migration.setMaxDowntime', 'virDomainMigrateSetMaxDowntime', 1),
  maxSpeed: on('migration.maxSpeed', 'virDomainMigrateGetMaxSpeed', 1, 0),
  setMaxSpeed: on('migration.setMaxSpeed', 'virDomainMigrateSetMaxSpeed', 2, 1),
  compressionCache: on('migration.compressionCache', 'virDomainMigrateGetCompressionCache', 0),
  legacyPerform: on('migration.legacyPerform', 'virDomainMigratePerform', 1),
  setCompressionCache: on('migration.setCompressionCache', 'virDomainMigrateSetCompressionCache', 1),
});
const MigrationOnConnection = connectOperations({
  prepare: of('migration.prepare', 'virDomainMigratePrepare3Params', 1),
  prepareTunnel: of('migration.prepareTunnel', 'virDomainMigratePrepareTunnel3Params', 2),
  legacyPrepare: of('migration.legacyPrepare', 'virDomainMigratePrepare', 1),
  legacyFinish: of('migration.legacyFinish', 'virDomainMigrateFinish', 1),
  finish: of('migration.finish', 'virDomainMigrateFinish3Params', 1),
});
/** Both sides of a migration. */
export class DomainMigration extends MigrationOnDomain {
  /** What the receiving host is asked. */
  readonly destination = new MigrationOnConnection(this.parts);
}
