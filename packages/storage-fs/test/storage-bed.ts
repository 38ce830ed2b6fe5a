import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Connection,
  type Contribution,
  createKernel,
  definePlugin,
  inProcessCall,
  type Kernel,
  type Logger,
  type PluginManifest,
  type PluginSource,
  type Session,
} from '@virtkit/core';
import { createHost } from '@virtkit/host';
import storagePlugin from '@virtkit/storage/plugin';
import mountedPlugin from '../src/mounted-plugin.js';
import directoryPlugin from '../src/plugin.js';

/** The driver of the bed, which has nothing of its own. */
export const bareContribution: Contribution = { kind: 'hypervisor', name: 'bed', schemes: ['bed'], module: '.' };
export const bareUri = 'bed:///';

/** A kernel with storage and a driver that has nothing else, in directories of its own. For tests. */
export interface StorageBed extends AsyncDisposable {
  /** A new, empty directory for a pool. */
  readonly folder: string;
  readonly session: Session;
  readonly kernel: Kernel;
  /** What was logged as an error. */
  readonly errors: readonly string[];
  /** Ends the kernel and starts it again over the same directories. */
  restart(): Promise<void>;
}

export async function storageBed(): Promise<StorageBed> {
  const root = mkdtempSync(join(tmpdir(), 'virtkit-storage-'));
  const errors: string[] = [];
  let running = await startKernel(root, errors);
  return {
    folder: join(root, 'pool'),
    errors,
    get session() {
      return running.session;
    },
    get kernel() {
      return running.kernel;
    },
    async restart() {
      await running.kernel.close();
      running = await startKernel(root, errors);
    },
    async [Symbol.asyncDispose]() {
      await running.kernel.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

async function startKernel(
  root: string,
  errors: string[],
): Promise<{ readonly kernel: Kernel; readonly session: Session }> {
  const below = (name: string): string => join(root, name);
  const kernel = createKernel({
    directories: {
      config: below('etc'),
      state: below('lib'),
      run: below('run'),
      log: below('log'),
      cache: below('cache'),
    },
    host: createHost(),
    logger: recordingLogger(errors),
    plugins: [
      given('bed', { apiVersion: 1, contributes: [bareContribution] }, bareDriver),
      given(
        'storage',
        { apiVersion: 1, contributes: [{ kind: 'subsystem', name: 'storage', facet: 'storage', module: '.' }] },
        storagePlugin,
      ),
      given(
        'fs',
        { apiVersion: 1, contributes: [{ kind: 'storageBackend', name: 'dir', types: ['dir'], module: '.' }] },
        directoryPlugin,
      ),
      given(
        'mounted',
        { apiVersion: 1, contributes: [{ kind: 'storageBackend', name: 'fs', types: ['fs', 'netfs'], module: '.' }] },
        mountedPlugin,
      ),
    ],
  });
  await kernel.start();
  return { kernel, session: await kernel.open(bareUri, inProcessCall()) };
}

const given = (name: string, manifest: PluginManifest, plugin: unknown): PluginSource => ({
  kind: 'given',
  name,
  manifest,
  load: async () => ({ default: plugin }),
});

const nothing = async (): Promise<never> => {
  throw new Error('the bed has no guests');
};
const bareDriver = definePlugin({
  kind: 'hypervisor',
  name: 'bed',
  apiVersion: 1,
  setup: () => ({
    traits: { state: 'host' } as const,
    dialect: { virtTypes: ['bed'] },
    open: async (): Promise<Connection> => ({
      accepts: {},
      link: { encrypted: false, secure: true },
      alive: () => true,
      close: async () => undefined,
      host: { type: () => 'BED', capabilities: async () => '<capabilities/>\n' },
      domain: { list: async () => [], find: async () => undefined, info: nothing, definition: nothing },
    }),
  }),
});

function recordingLogger(errors: string[]): Logger {
  const logger: Logger = {
    debug: () => undefined,
    info: () => undefined,
    warning: () => undefined,
    error: (message, fields) =>
      void errors.push(
        `${message} ${JSON.stringify(fields, (_key, value: unknown) => (value instanceof Error ? value.message : value))}`,
      ),
    child: () => logger,
  };
  return logger;
}
