import type { CommandResources } from './resources.js';

/** Placeholder of a tap's descriptor in commands that aren't run. */
const tapPlaceholder = 3;

/** Nothing was opened: QEMU is told paths, and placeholders where only a descriptor would do. */
export const noResources: CommandResources = {
  monitorFd: undefined,
  chardevFd: () => undefined,
  chardevFile: () => undefined,
  chardevLog: () => undefined,
  interface: () => ({ tapFds: [tapPlaceholder], vhostFds: [] }),
  vhostFd: () => undefined,
  helperSocket: () => undefined,
  helperFd: () => undefined,
  tpmFds: () => undefined,
  vdpaFd: () => undefined,
  sourceFds: () => undefined,
  secret: () => undefined,
  volume: () => undefined,
  scsiGeneric: () => undefined,
  isHostCdrom: () => false,
};
