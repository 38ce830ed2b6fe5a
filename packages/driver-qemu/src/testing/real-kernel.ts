import { chmod, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { createKernel, type Kernel, type OpenCall, type PluginManifest, type PluginSource, Scope } from '@virtkit/core';
import { createHost } from '@virtkit/host';

/** A kernel with this driver, its directories below one folder; for tests with a real QEMU. */
export interface RealKernel extends AsyncDisposable {
  readonly kernel: Kernel;
  readonly folder: string;
  readonly scope: Scope;
  open(): ReturnType<Kernel['open']>;
}

const logger = {
  debug: () => undefined,
  info: () => undefined,
  warning: (message: string, fields?: object) => void process.stderr.write(`${message} ${inspect(fields)}\n`),
  error: (message: string, fields?: object) => void process.stderr.write(`${message} ${inspect(fields)}\n`),
  child: () => logger,
};

/** A folder QEMU's user can pass through. */
export async function testFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vkq-'));
  await chmod(folder, 0o755);
  return folder;
}

export async function realKernel(folder: string, options: { readonly session?: boolean } = {}): Promise<RealKernel> {
  const session = options.session ?? process.getuid?.() !== 0;
  const kernel = createKernel({
    directories: {
      config: join(folder, 'etc'),
      state: join(folder, 'lib'),
      run: join(folder, 'run'),
      log: join(folder, 'log'),
      cache: join(folder, 'cache'),
    },
    host: createHost(),
    logger,
    session,
    plugins: [await ownPlugin()],
    config: { sections: { qemu: { user: 65534, group: 65534 } } },
  });
  await mkdir(join(folder, 'etc'), { recursive: true });
  await kernel.start();
  const scope = new Scope(0, (cause) => logger.error('not everything ended cleanly', { cause }));
  return {
    kernel,
    folder,
    scope,
    open: () => kernel.open(session ? 'qemu:///session' : 'qemu:///system', callOf(scope)),
    [Symbol.asyncDispose]: () => kernel.close(),
  };
}

const callOf = (scope: Scope): OpenCall => ({
  identity: {},
  readOnly: false,
  signal: new AbortController().signal,
  scope,
  progress: () => undefined,
  ask: () => Promise.reject(new Error('nobody to ask')),
});

async function ownPlugin(): Promise<PluginSource> {
  const text = await readFile(new URL('../../package.json', import.meta.url), 'utf8');
  const { virtkit } = JSON.parse(text) as { virtkit: PluginManifest };
  return { kind: 'given', name: '@virtkit/driver-qemu', manifest: virtkit, load: () => import('../plugin.js') };
}

export const removeFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });
