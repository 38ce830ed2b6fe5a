import type { HostServices, Logger } from '../contract/services.js';

/** Logs nothing. */
export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warning: () => undefined,
  error: () => undefined,
  child: () => silentLogger,
};

const refuse = (): Promise<never> => Promise.reject(new Error('this test gives no host services'));

/** For kernels whose plugins need nothing of the host: every use is an error. */
export const refusingHost: HostServices = {
  commands: { run: refuse, expect: refuse, find: () => Promise.resolve(undefined) },
  files: { write: refuse, stage: refuse, remove: refuse, link: refuse },
  user: { uid: 0, gid: 0, privileged: true },
};
