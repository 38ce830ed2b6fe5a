export { systemError } from './errors.js';
export { createHost, type Host } from './host.js';
export { HostCommands, commandEnvironment, failedCommand, missingProgram } from './commands/commands.js';
export { findProgram } from './commands/find-program.js';
export { runInTerminal } from './commands/in-terminal.js';
export { installHint } from './commands/packages.js';
export { HostFiles, isTemporaryName } from './files/durable-files.js';
export {
  commandLine,
  identify,
  isAlive,
  parseProcessStat,
  processStatus,
  type ProcessIdentity,
  type ProcessStatus,
} from './process/identity.js';
export { bindThreads, type Binding } from './process/affinity.js';
export { findProcess, findProcesses, type FoundProcess } from './process/find-processes.js';
export { processUsage, threadUsage, type ProcessUsage, type ThreadUsage } from './process/usage.js';
export { endProcess, sendSignal, waitGone, type EndOptions } from './process/ending.js';
export { spawnDetached, type DetachedOptions, type DetachedProcess } from './process/spawn-detached.js';
export { parseLinks, type Link, type LinkAddress, type LinkWithAddresses } from './links/link.js';
export type { HostRoute } from './links/routes.js';
export { parseLinkStatistics, type LinkStatistics } from './links/statistics.js';
export {
  IpLinks,
  checkName as checkLinkName,
  freeLinkName,
  longestLinkName,
  type BridgeOptions,
  type Links,
  type TapOptions,
} from './links/links.js';
export { descriptorOf } from './sockets/descriptor-of.js';
export { passesFiles, sendFile } from './sockets/send-file.js';
export { peerIdentity, type PeerIdentity } from './sockets/peer-identity.js';
export { abstractLock, type HostLock } from './sockets/abstract-lock.js';
export {
  checkSocketPath,
  listeningSocket,
  longestSocketPath,
  type ListeningSocket,
} from './sockets/listening-socket.js';
export { fileTree, mergedTree, recordedTree, type FileTree, type RecordedFiles } from './machine/file-tree.js';
export { cpuFlags, formatCpuList, parseCpuList } from './machine/cpu-list.js';
export { cpuFrequency, cpuInfoField, cpuSignature } from './machine/cpu-model.js';
export { parseCpuStatistics, type CpuTimes } from './machine/cpu-statistics.js';
export { cpuPlace, numaNodes, onlineCpus, presentCpus, type CpuPlace } from './machine/cpu-topology.js';
export {
  freeMemory,
  memoryOfNodes,
  memoryStatistics,
  nodeMemory,
  parseMeminfo,
  totalMemory,
} from './machine/memory.js';
export { setKernelParameter } from './machine/kernel-settings.js';
export { currentMounts, type Mount } from './machine/mounts.js';
export { cpuCounts, type CpuCounts } from './machine/node-info.js';
export { armSysinfo, ppcSysinfo, s390Sysinfo } from './sysinfo/cpuinfo-sysinfo.js';
export { dmidecodeArguments, oemStringArguments, parseDmi } from './sysinfo/dmi.js';
export { readSysinfo } from './sysinfo/read-sysinfo.js';
export { formatSysinfo, type HostSysinfo, type SysinfoSection } from './sysinfo/sysinfo.js';
export { nativeServices } from './native-services.js';
export { Machine } from './machine/machine.js';
export { pageCounts, pageSizes, systemPageKiB, type PageCounts } from './machine/pages.js';
export type { CacheBank, CacheControl, MemoryBandwidthNode, ResourceMonitor } from './topology/caches.js';
export type { CellMemory, CellPages, HostCell, MemorySideCache } from './topology/cells.js';
export { formatTopology } from './topology/format-topology.js';
export { hostTopology, type HostTopology } from './topology/host-topology.js';
export type { Interconnect } from './topology/interconnects.js';
export { openGuestTap, type GuestTap } from './links/guest-tap.js';
export { clearCommands, ovsCommands, type ShapingOptions, tcCommands } from './links/bandwidth.js';
export { limitBandwidth } from './links/shaping.js';
export { type Cgroups, cgroupsAt, hostCgroups, isForbidden as isForbiddenCgroup } from './cgroups/cgroups.js';
export type { CgroupMounts, Controller } from './cgroups/mounts.js';
