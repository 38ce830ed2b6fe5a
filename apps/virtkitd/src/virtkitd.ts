import { createKernel, type Kernel, type Logger } from '@virtkit/core';
import { Daemon, type DaemonSocket } from '@virtkit/daemon';
import { createHost } from '@virtkit/host';
import { inheritedSockets } from './activation.js';
import type { Arguments } from './arguments.js';
import { type DaemonConfig, readConfig } from './config.js';
import { directoriesFor, makeDirectories } from './directories.js';
import { lockDirectory } from './lock.js';
import { createLogger } from './logger.js';
import { Parts } from './parts.js';
import { pluginSources } from './plugins.js';
import { mainSocket, plannedSockets } from './sockets.js';

/** A running daemon. */
export interface Virtkitd extends AsyncDisposable {
  /** The read-write socket. */
  readonly socket: string;
  readonly logger: Logger;
  /** Resolves when the daemon wants to end: the operator asked, or nobody came for the time given. */
  readonly ended: Promise<void>;
  /** SIGHUP. */
  reload(): Promise<void>;
}

/**
 * Starts everything; when it resolves, calls are accepted.
 * @throws VirtError that says what is in the way; nothing is left behind then
 */
export async function startVirtkitd(args: Arguments): Promise<Virtkitd> {
  const host = createHost();
  const session = args.session || !host.user.privileged;
  const directories = directoriesFor({ root: args.root, session }, process.env);
  makeDirectories(directories);
  const config = readConfig(directories.config, args.config);
  const logger = createLogger(args.verbose ? 'info' : (config.logLevel ?? 'warning'), (line) =>
    process.stderr.write(line),
  );
  const parts = new Parts();
  try {
    parts.use(await lockDirectory(directories.run));
    const libvirtNames = args.root === undefined && !session;
    const sockets = await plannedSockets({
      run: directories.run,
      inherited: inheritedSockets(process.env),
      group: config.socketGroup,
      libvirtNames,
    });
    const kernel = parts.use(
      createKernel({ directories, host, logger, session, config, plugins: pluginSources(directories) }),
    );
    await kernel.start();
    const { promise: ended, resolve: end } = withResolvers();
    const daemon = parts.use(new Daemon({ ...daemonOptions(config, args), kernel, logger, sockets, onEnd: end }));
    await daemon.listen();
    return running({ kernel, logger, sockets, run: directories.run, ended, parts });
  } catch (error) {
    await parts[Symbol.asyncDispose]();
    throw error;
  }
}

interface Running {
  readonly kernel: Kernel;
  readonly logger: Logger;
  readonly sockets: readonly DaemonSocket[];
  readonly run: string;
  readonly ended: Promise<void>;
  readonly parts: Parts;
}

const running = ({ kernel, logger, sockets, run, ended, parts }: Running): Virtkitd => ({
  socket: mainSocket(sockets, run),
  logger,
  ended,
  reload: () => kernel.reload(),
  [Symbol.asyncDispose]: () => parts[Symbol.asyncDispose](),
});

function daemonOptions(config: DaemonConfig, args: Arguments) {
  const { maxClients, maxClientRequests, keepaliveInterval = 5, keepaliveCount = 5 } = config;
  return {
    timeoutSeconds: args.timeout,
    keepalive: { intervalMs: keepaliveInterval * 1000, count: keepaliveCount },
    ...(maxClients !== undefined && { maxClients }),
    ...(maxClientRequests !== undefined && { maxRequests: maxClientRequests }),
  };
}

/** `Promise.withResolvers` is newer than the oldest Node we run on. */
function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
