import { type WordTable, wordTable } from './word-table.js';

/** @libvirt virDomainState */
export const domainStates = wordTable([
  'nostate',
  'running',
  'blocked',
  'paused',
  'shutdown',
  'shutoff',
  'crashed',
  'pmsuspended',
]);

const unknown = wordTable(['unknown']);

/** The reasons each state can have. @libvirt virDomainRunningReason, virDomainPausedReason, … */
export const domainStateReasons: Readonly<Record<string, WordTable>> = {
  nostate: unknown,
  running: wordTable([
    'unknown',
    'booted',
    'migrated',
    'restored',
    'from-snapshot',
    'unpaused',
    'migration-canceled',
    'save-canceled',
    'wakeup',
    'crashed',
    'postcopy',
    'postcopy-failed',
  ]),
  blocked: unknown,
  paused: wordTable([
    'unknown',
    'user',
    'migration',
    'save',
    'dump',
    'ioerror',
    'watchdog',
    'from-snapshot',
    'shutting-down',
    'snapshot',
    'crashed',
    'starting-up',
    'postcopy',
    'postcopy-failed',
    'api-error',
  ]),
  shutdown: wordTable(['unknown', 'user']),
  shutoff: wordTable([
    'unknown',
    'shutdown',
    'destroyed',
    'crashed',
    'migrated',
    'saved',
    'failed',
    'from-snapshot',
    'daemon',
  ]),
  crashed: wordTable(['unknown', 'panicked']),
  pmsuspended: unknown,
};

/** @libvirt virDomainEventType */
export const domainEvents = wordTable([
  'defined',
  'undefined',
  'started',
  'suspended',
  'resumed',
  'stopped',
  'shutdown',
  'pmsuspended',
  'crashed',
]);

/** The details each lifecycle event can have. @libvirt virDomainEventStartedDetailType, … */
export const domainEventDetails: Readonly<Record<string, WordTable>> = {
  defined: wordTable(['added', 'updated', 'renamed', 'from-snapshot']),
  undefined: wordTable(['removed', 'renamed']),
  started: wordTable(['booted', 'migrated', 'restored', 'from-snapshot', 'wakeup']),
  suspended: wordTable([
    'paused',
    'migrated',
    'ioerror',
    'watchdog',
    'restored',
    'from-snapshot',
    'api-error',
    'postcopy',
    'postcopy-failed',
  ]),
  resumed: wordTable(['unpaused', 'migrated', 'from-snapshot', 'postcopy', 'postcopy-failed']),
  stopped: wordTable(['shutdown', 'destroyed', 'crashed', 'migrated', 'saved', 'failed', 'from-snapshot']),
  shutdown: wordTable(['finished', 'guest', 'host']),
  pmsuspended: wordTable(['memory', 'disk']),
  crashed: wordTable(['panicked', 'crashloaded']),
};

/** @libvirt virDomainEventWatchdogAction */
export const watchdogActions = wordTable(['none', 'pause', 'reset', 'poweroff', 'shutdown', 'debug', 'injectnmi']);
/** @libvirt virDomainEventIOErrorAction */
export const ioErrorActions = wordTable(['none', 'pause', 'report']);
/** @libvirt virDomainEventGraphicsAddressType */
export const graphicsFamilies = wordTable(['ipv4', 'ipv6', 'unix']);
/** @libvirt virConnectDomainEventDiskChangeReason */
export const diskChangeReasons = wordTable(['missing-on-start', 'drop-missing-on-start']);
/** @libvirt virDomainEventTrayChangeReason */
export const trayChangeReasons = wordTable(['open', 'close']);
/** @libvirt virConnectDomainEventAgentLifecycleState */
export const agentStates = wordTable(['connected', 'disconnected'], 1);
/** @libvirt virConnectDomainEventAgentLifecycleReason */
export const agentReasons = wordTable(['unknown', 'domain-started', 'channel']);
/** @libvirt virDomainMetadataType, virNetworkMetadataType */
export const metadataTypes = wordTable(['description', 'title', 'element']);
/** @libvirt virDomainControlState */
export const controlStates = wordTable(['ok', 'job', 'occupied', 'error']);
/** @libvirt virVcpuState */
export const vcpuStates = wordTable(['offline', 'running', 'blocked']);
/** @libvirt virDomainDiskErrorCode */
export const diskErrors = wordTable(['none', 'unspec', 'no-space']);
/** @libvirt virDomainBlockJobType */
export const blockJobTypes = wordTable(['unknown', 'pull', 'copy', 'commit', 'active-commit', 'backup']);
/** @libvirt virDomainJobType */
export const jobTypes = wordTable(['none', 'bounded', 'unbounded', 'completed', 'failed', 'cancelled']);
/** @libvirt virDomainLifecycle */
export const lifecycleEvents = wordTable(['poweroff', 'reboot', 'crash']);
/** @libvirt virDomainLifecycleAction */
export const lifecycleActions = wordTable([
  'destroy',
  'restart',
  'rename-restart',
  'preserve',
  'coredump-destroy',
  'coredump-restart',
]);
/** @libvirt virDomainInterfaceAddressesSource */
export const addressSources = wordTable(['lease', 'agent', 'arp']);
/** @libvirt virIPAddrType */
export const addressFamilies = wordTable(['ipv4', 'ipv6']);
/** @libvirt virNodeSuspendTarget */
export const suspendTargets = wordTable(['mem', 'disk', 'hybrid']);
/** @libvirt virDomainCoreDumpFormat */
export const coreDumpFormats = wordTable(['raw', 'kdump-zlib', 'kdump-lzo', 'kdump-snappy', 'win-dmp']);
/** @libvirt virCPUCompareResult */
export const cpuComparisons = wordTable(['incompatible', 'identical', 'superset']);
