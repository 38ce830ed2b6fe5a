import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AccessPolicy, createKernel, type Logger } from '@virtkit/core';
import { createHost } from '@virtkit/host';
import { Daemon, type DaemonOptions } from '../src/index.js';
import { type FakeHost, fakePlugin } from './fake-driver.js';

export interface RunningDaemon extends AsyncDisposable {
  readonly folder: string;
  readonly daemon: Daemon;
  readonly socket: string;
  readonly readOnlySocket: string;
  readonly adminSocket: string;
  /** Errors and warnings logged so far. */
  readonly logged: readonly string[];
  /** The fake hypervisor; made with the first connection. */
  host(): FakeHost;
}

/** A daemon with the fake driver in a folder of its own. */
export async function startDaemon(options: Partial<DaemonOptions> = {}, access?: AccessPolicy): Promise<RunningDaemon> {
  const folder = await mkdtemp(join(tmpdir(), 'virtkit-daemon-'));
  const logged: string[] = [];
  const logger = testLogger(logged);
  let host: FakeHost | undefined;
  const plugin = fakePlugin(folder, (made) => (host = made));
  const kernel = createKernel({
    directories: { config: folder, state: folder, run: folder, log: folder, cache: folder },
    host: createHost(),
    logger,
    ...(access !== undefined && { access }),
    plugins: [
      {
        kind: 'given',
        name: 'fake',
        manifest: {
          apiVersion: 1,
          contributes: [{ kind: 'hypervisor', name: 'fake', schemes: ['fake'], module: './plugin' }],
        },
        load: async () => ({ default: plugin }),
      },
    ],
  });
  await kernel.start();
  const paths = ['libvirt-sock', 'libvirt-sock-ro', 'libvirt-admin-sock'].map((name) => join(folder, name));
  const [socket = '', readOnlySocket = '', adminSocket = ''] = paths;
  const daemon = new Daemon({
    kernel,
    logger,
    sockets: [
      { path: socket, role: 'read-write', mode: 0o600 },
      { path: readOnlySocket, role: 'read-only', mode: 0o777 },
      { path: adminSocket, role: 'admin', mode: 0o600 },
    ],
    ...options,
  });
  await daemon.listen();
  return {
    folder,
    daemon,
    socket,
    readOnlySocket,
    adminSocket,
    logged,
    host: () => {
      if (host === undefined) throw new Error('no connection was opened yet');
      return host;
    },
    [Symbol.asyncDispose]: async () => {
      await daemon.close();
      await kernel.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function testLogger(logged: string[]): Logger {
  const keep = (message: string, fields?: object): void => {
    logged.push(`${message} ${fields === undefined ? '' : String(Object.values(fields)[0])}`);
  };
  const logger: Logger = {
    debug: () => undefined,
    info: () => undefined,
    warning: keep,
    error: keep,
    child: () => logger,
  };
  return logger;
}
