import { errorsFrom } from '@virtkit/schema';
import type { OpenCall } from '../contract/call.js';
import type { EventBus } from '../events/event-bus.js';
import { ObjectStores } from '../objects/object-stores.js';
import { EventBus as SharedEventBus } from '../events/event-bus.js';
import {
  driversToken,
  eventBusToken,
  newContainer,
  objectStoresToken,
  optionsToken,
  pluginHostToken,
  provide,
  token,
} from './container/tokens.js';
import { Drivers, type LoadedDriver } from './drivers.js';
import type { KernelOptions } from './options.js';
import type { ContributionEntry, PluginReport } from './plugins/contribution-entry.js';
import { PluginHost } from './plugins/plugin-host.js';
import { Pipeline } from './session/pipeline.js';
import { Session } from './session/session.js';
import { SessionEvents } from './session/session-events.js';
import { formatUri } from './uri/format-uri.js';
import { parseUri } from './uri/parse-uri.js';

/** Everything but sockets: plugins, sessions, state. Usable in any Node program. */
export class Kernel {
  constructor(
    private readonly options: KernelOptions,
    private readonly plugins: PluginHost,
    private readonly drivers: Drivers,
    private readonly bus: EventBus,
  ) {}

  /** Loads subsystems and the drivers that look after this host's guests. Throws only for a required plugin. */
  start(): Promise<void> {
    return this.plugins.start();
  }

  /**
   * Opens a connection. An empty uri asks the installed drivers what they would serve here. Rejects with `NO_CONNECT`
   * when no plugin serves the scheme. @libvirt virConnectOpenAuth
   */
  async open(uri: string | undefined, call: OpenCall): Promise<Session> {
    const text = uri === undefined || uri === '' ? await this.#probe(call.signal) : uri;
    const parsed = parseUri(text);
    const entry = this.plugins.hypervisorEntry(parsed.scheme);
    if (entry === undefined) throw noDriver(text);
    const driver = await this.drivers.load(entry);
    const opened = await driver.driver.open(parsed, call);
    const { connection, sources } = await this.drivers.complete(driver, opened);
    const pipeline = new Pipeline(connection, driver.identity, call, this.options.access, driver.jobs);
    const events = new SessionEvents(pipeline, this.bus, sources, (cause) =>
      this.options.logger.error('event listener failed', { cause }),
    );
    const parts = { pipeline, documents: driver.documents, cache: driver.cache, jobs: driver.jobs };
    return new Session(parts, connection.uri ?? formatUri(parsed), events, opened);
  }

  /** Whether calls are allowed or denied by who makes them: then a caller's identity is worth finding out. */
  get hasRules(): boolean {
    return this.options.access !== undefined;
  }

  /** All plugins found, with the cause where one could not be used. */
  pluginReport(): readonly PluginReport[] {
    return this.plugins.report();
  }

  /** What a scheme stands for, without loading it. */
  contribution(scheme: string): ContributionEntry['contribution'] | undefined {
    return this.plugins.hypervisorEntry(scheme)?.contribution;
  }

  /** A driver with its dialect, for conversions without a connection. */
  driver(scheme: string): Promise<LoadedDriver> {
    const entry = this.plugins.hypervisorEntry(scheme);
    return entry === undefined ? Promise.reject(noDriver(`${scheme}:///`)) : this.drivers.load(entry);
  }

  /** SIGHUP. */
  reload(): Promise<void> {
    return this.plugins.reload();
  }

  /** Ends services; guests live on. */
  close(): Promise<void> {
    return this.plugins.stop();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #probe(signal: AbortSignal): Promise<string> {
    for (const entry of this.plugins.entries('hypervisor')) {
      const driver = await this.drivers.load(entry).catch(() => undefined); // its entry keeps the cause
      const found = await driver?.driver.probe?.(signal);
      if (found !== undefined) return found;
    }
    throw noDriver('NULL');
  }
}

const noDriver = (uri: string): Error => errorsFrom('NONE')('NO_CONNECT', uri);

const kernelToken = token<Kernel>('kernel');

/** Composes a kernel in a container of its own. Nothing is loaded before `start` or `open`. */
export function createKernel(options: KernelOptions): Kernel {
  const container = newContainer();
  const { logger } = options;
  container.register(optionsToken, { useValue: options });
  provide(
    container,
    eventBusToken,
    () => new SharedEventBus((cause) => logger.error('event listener failed', { cause })),
  );
  provide(container, objectStoresToken, (from) => new ObjectStores(from.resolve(optionsToken)));
  provide(
    container,
    pluginHostToken,
    (from) => new PluginHost(from.resolve(optionsToken), from.resolve(eventBusToken), from.resolve(objectStoresToken)),
  );
  provide(container, driversToken, (from) => new Drivers(from.resolve(pluginHostToken)));
  provide(
    container,
    kernelToken,
    (from) =>
      new Kernel(
        from.resolve(optionsToken),
        from.resolve(pluginHostToken),
        from.resolve(driversToken),
        from.resolve(eventBusToken),
      ),
  );
  return container.resolve(kernelToken);
}
