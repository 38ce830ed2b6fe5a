export { createHost, type Host } from './host.js';
export { HostCommands, commandEnvironment, failedCommand, missingProgram } from './commands/commands.js';
export { findProgram } from './commands/find-program.js';
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
export { endProcess, sendSignal, waitGone, type EndOptions } from './process/ending.js';
export { spawnDetached, type DetachedOptions, type DetachedProcess } from './process/spawn-detached.js';
export { parseLinks, type Link, type LinkAddress, type LinkWithAddresses } from './links/link.js';
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
export { abstractLock, type HostLock } from './sockets/abstract-lock.js';
export {
  checkSocketPath,
  listeningSocket,
  longestSocketPath,
  type ListeningSocket,
} from './sockets/listening-socket.js';
