import {
  SchemaDocuments,
  type ConnectUri,
  type HypervisorDriver,
  type OpenCall,
  type PluginContext,
  type StatefulService,
  Turns,
} from '@virtkit/core';
import { hostCgroups, IpLinks, nativeServices } from '@virtkit/host';
import { CapabilityCache } from './capabilities/capability-cache.js';
import { QemuConnection } from './connection.js';
import { qemuDialect } from './dialect.js';
import { dialectHost } from './facets/host/dialect-host.js';
import { hostCpuMap } from './facets/host/host-cpu-map.js';
import { hostArchitecture } from './facets/host/emulators.js';
import { virtError } from './errors.js';
import { AutostartOnce } from './guests/autostart-once.js';
import { DefinitionDigests } from './guests/definition-digests.js';
import { leaveHost } from './guests/migratable.js';
import { MonitorWatchers } from './guests/monitor-watchers.js';
import type { QemuServices } from './guests/services.js';
import { driverPaths } from './process/guest-paths.js';
import { mayUseKvm } from './process/kvm-access.js';
import { PortAllocator } from './process/port-allocator.js';
import { probeEmulator } from './process/probe-emulator.js';
import { qemuUser, type QemuUser } from './process/qemu-user.js';
import { TapNames } from './process/tap-names.js';
import { QemuService } from './service.js';
import { GuestCpus } from './start/live-cpu.js';
import { commandConfig, ignoredSettings, userSettings } from './settings.js';
import { qemuNamespaceRows } from './namespace/qemu-rows.js';
import { guestKind } from './status/object-kind.js';
import { mkdir } from 'node:fs/promises';

/** QEMU on this host: one for all connections. */
export class QemuDriver implements HypervisorDriver<QemuConnection> {
  readonly origin = 'QEMU';
  readonly traits = { state: 'host' } as const;
  readonly dialect: HypervisorDriver['dialect'];
  readonly service: StatefulService;
  readonly #services: QemuServices;
  readonly #connection: QemuConnection;

  constructor(context: PluginContext, user: QemuUser | undefined) {
    const services = makeServices(context, user);
    this.#services = services;
    const dialect = qemuDialect(services.dialect);
    // The kernel hands facts back to the dialect that gathered them, so their type is nobody else's business.
    this.dialect = {
      ...dialect,
      forMigration: (definition) =>
        leaveHost(dialect.forMigration?.(definition) ?? structuredClone(definition), services),
    } as HypervisorDriver['dialect'];
    this.#connection = new QemuConnection(services, services.dialect, new SchemaDocuments(this.dialect));
    this.service = new QemuService(services);
  }

  async probe(): Promise<string> {
    return this.#services.session ? 'qemu:///session' : 'qemu:///system';
  }

  async open(uri: ConnectUri, _call: OpenCall): Promise<QemuConnection> {
    checkUri(uri, this.#services.session);
    return this.#connection;
  }
}

/** The driver with its user: made once, the first time in system mode. */
export async function createDriver(context: PluginContext): Promise<QemuDriver> {
  const ignored = ignoredSettings(context.config);
  if (ignored.length > 0) context.logger.warning('settings have no effect here', { section: 'qemu', ignored });
  const user = context.session ? undefined : await qemuUser(context.host, userSettings(context.config), context.logger);
  return new QemuDriver(context, user);
}

function checkUri({ host, path, text }: ConnectUri, session: boolean): void {
  if (host !== undefined && host !== '')
    throw virtError('INTERNAL_ERROR', `unexpected QEMU URI host '${host}' in '${text}'`);
  if (path === '' || path === '/') {
    throw virtError('INTERNAL_ERROR', `no QEMU URI path given, try qemu:///${session ? 'session' : 'system'}`);
  }
  const expected = session ? '/session' : '/system';
  if (path !== expected) {
    throw virtError('INTERNAL_ERROR', `unexpected QEMU URI path '${path}', try qemu://${expected}`);
  }
}

function makeServices(context: PluginContext, user: QemuUser | undefined): QemuServices {
  const { directories, session, host, logger, config, version } = context;
  const paths = driverPaths(directories);
  const capabilities = capabilityCache(paths, user, context);
  const cpuMap = hostCpuMap();
  const links = new IpLinks(host.commands);
  return {
    store: context.store(guestKind({ namespaces: [qemuNamespaceRows] })),
    events: context.events,
    logger,
    directories,
    paths,
    config: commandConfig(config, paths, host.user.privileged && !session),
    capabilities,
    dialect: dialectHost({
      arch: hostArchitecture(process.arch),
      paths,
      capabilities,
      session,
      cpuMap,
      commands: host.commands,
    }),
    cpuMap,
    guestCpus: new GuestCpus(cpuMap),
    user,
    host,
    links,
    cgroups: host.user.privileged && !session ? hostCgroups() : undefined,
    native: nativeServices,
    session,
    signal: context.signal,
    watchers: new MonitorWatchers(),
    displays: {
      display: new PortAllocator('display', 5900, 65535),
      websocket: new PortAllocator('webSocket', 5700, 65535),
    },
    displayDefaults: { vncListen: '127.0.0.1', spiceListen: '127.0.0.1', spiceTls: false },
    tapNames: new TapNames(links),
    version,
    digests: new DefinitionDigests(),
    live: new Map(),
    saving: new Turns(),
    autostartOnce: new AutostartOnce(paths.configDir),
    offStates: new Map(),
    peer: (facet) => context.peer(facet),
  };
}

function capabilityCache(
  paths: ReturnType<typeof driverPaths>,
  user: QemuUser | undefined,
  { host, logger }: Pick<PluginContext, 'host' | 'logger'>,
): CapabilityCache {
  return new CapabilityCache({
    directory: paths.capabilityDir,
    probe: async (emulator) => {
      await mkdir(paths.runDir, { recursive: true, mode: 0o711 });
      return await probeEmulator(emulator, { user, directory: paths.runDir, kvm: await mayUseKvm(user) });
    },
    files: host.files,
    logger,
    conditions: async () => ({ uid: user?.uid ?? -1, kvm: await mayUseKvm(user) }),
  });
}
