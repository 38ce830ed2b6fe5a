import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Call,
  createKernel,
  definePlugin,
  type Directories,
  type HypervisorDriver,
  type Kernel,
  type Logger,
  type NetworkFacet,
  type ObjectEvent,
  type PluginContext,
  type PluginSource,
} from '@virtkit/core';
import { createHost } from '@virtkit/host';

/** A kernel with the network subsystem and a firewall, and the facet its drivers see. */
export interface NetworkKernel extends AsyncDisposable {
  readonly kernel: Kernel;
  readonly networks: Required<NetworkFacet>;
  readonly events: readonly ObjectEvent[];
  readonly messages: readonly string[];
}

export const testCall = (signal = new AbortController().signal): Call => ({
  identity: {},
  readOnly: false,
  signal,
  scope: { id: 0, onClose: () => ({ [Symbol.dispose]: () => undefined }) },
  progress: () => undefined,
});

export function directoriesBelow(root: string): Directories {
  return {
    config: join(root, 'etc'),
    state: join(root, 'lib'),
    run: join(root, 'run'),
    log: join(root, 'log'),
    cache: join(root, 'cache'),
  };
}

/** Starts a kernel whose state lies below `root`; `firewall` is the plugin module to use. */
export async function startNetworkKernel(root: string, firewall: () => Promise<unknown>): Promise<NetworkKernel> {
  const directories = directoriesBelow(root);
  for (const folder of Object.values(directories) as string[]) await mkdir(folder, { recursive: true, mode: 0o755 });
  const messages: string[] = [];
  let context: PluginContext | undefined;
  const probe = definePlugin({
    kind: 'hypervisor',
    name: 'probe',
    apiVersion: 1,
    setup: (given) => {
      context = given;
      return { traits: { state: 'remote' }, dialect: { virtTypes: [] } } as unknown as HypervisorDriver;
    },
  });
  const kernel = createKernel({
    directories,
    host: createHost(),
    logger: logTo(messages),
    plugins: [
      given(
        'network',
        { kind: 'subsystem', name: 'network', facet: 'network' },
        () => import('@virtkit/network/plugin'),
      ),
      given('nftables', { kind: 'firewall', name: 'nftables' }, firewall),
      given('probe', { kind: 'hypervisor', name: 'probe', schemes: ['probe'] }, async () => ({ default: probe })),
    ],
  });
  await kernel.start();
  await kernel.driver('probe');
  const networks = await context?.peer('network');
  if (networks === undefined) throw new Error(`no network subsystem: ${messages.join('; ')}`);
  return {
    kernel,
    networks: networks as Required<NetworkFacet>,
    events: [],
    messages,
    [Symbol.asyncDispose]: () => kernel.close(),
  };
}

type Described = Omit<Extract<PluginSource, { readonly kind: 'given' }>['manifest']['contributes'][number], 'module'>;

const given = (name: string, contribution: Described, load: () => Promise<unknown>): PluginSource => ({
  kind: 'given',
  name,
  manifest: { apiVersion: 1, contributes: [{ ...contribution, module: './plugin' }] },
  load,
});

function logTo(messages: string[]): Logger {
  const add = (level: string) => (message: string, fields?: object) => {
    const cause: unknown = fields && 'cause' in fields ? fields.cause : undefined;
    messages.push(`${level}: ${message} ${JSON.stringify(fields)} ${cause instanceof Error ? cause.message : ''}`);
  };
  const logger: Logger = {
    debug: () => undefined,
    info: () => undefined,
    warning: add('warning'),
    error: add('error'),
    child: () => logger,
  };
  return logger;
}
