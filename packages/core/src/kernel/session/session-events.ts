import type { EventedKind } from '../../contract/facets/events.js';
import { type BusEvent, type DomainBusEvent, EventBus, type ObjectBusEvent } from '../../events/event-bus.js';
import { EventQueue } from '../../events/event-queue.js';
import type { FunctionName } from '../access/function-rules.js';
import type { Pipeline } from './pipeline.js';

/** Which contribution's events a session sees, per object kind. Absent: none besides those the connection watches. */
export type EventSources = Readonly<Partial<Record<'domain' | EventedKind, string>>>;

/** Absent: every one. */
export interface EventFilter {
  readonly uuid?: string;
  /** `lifecycle`, `reboot`, … */
  readonly type?: string;
}

const registrations: Readonly<Record<'domain' | EventedKind, FunctionName>> = {
  domain: 'virConnectDomainEventRegisterAny',
  storagePool: 'virConnectStoragePoolEventRegisterAny',
  network: 'virConnectNetworkEventRegisterAny',
  nodeDevice: 'virConnectNodeDeviceEventRegisterAny',
  secret: 'virConnectSecretEventRegisterAny',
};
const accessKinds = {
  domain: 'domain',
  storagePool: 'storage-pool',
  network: 'network',
  nodeDevice: 'node-device',
  secret: 'secret',
} as const;

/**
 * What happens on this connection. Listeners run in the moment of the event, before the call that caused it is
 * answered; a hypervisor that has to be watched is watched from the first listener to the last.
 */
export class SessionEvents {
  readonly #own: EventBus;
  readonly #subscriptions = new Set<Disposable>();
  #watch: AbortController | undefined;
  #watchers = 0;
  /** Keeps the order of events whose permission is decided asynchronously. */
  #pending: Promise<void> = Promise.resolve();

  constructor(
    private readonly pipeline: Pipeline,
    private readonly shared: EventBus,
    private readonly sources: EventSources,
    private readonly report: (error: unknown) => void,
  ) {
    this.#own = new EventBus(report);
  }

  onDomain(filter: EventFilter, listener: (event: DomainBusEvent) => void): Disposable {
    return this.#listen('domain', filter, (event) => {
      if (event.kind === 'domain') listener(event);
    });
  }

  onObject(kind: EventedKind, filter: EventFilter, listener: (event: ObjectBusEvent) => void): Disposable {
    return this.#listen(kind, filter, (event) => {
      if (event.kind !== 'domain' && event.kind !== 'lost') listener(event);
    });
  }

  /** The source of events lost its place: what the listener knew may be out of date. */
  onLost(listener: (reason: string) => void): Disposable {
    const forward = (event: BusEvent): void => {
      if (event.kind === 'lost') listener(event.reason);
    };
    return this.#hold([this.#own.subscribe(forward), this.shared.subscribe(forward)]);
  }

  /** The same as an async iterator with a bounded queue; ending the iteration ends the subscription. */
  domains(filter: EventFilter = {}, limit = 1_000): EventQueue<DomainBusEvent> {
    const queue: EventQueue<DomainBusEvent> = new EventQueue(limit, () => subscription[Symbol.dispose]());
    const subscription = this.onDomain(filter, (event) => queue.push(event));
    return queue;
  }

  objects(kind: EventedKind, filter: EventFilter = {}, limit = 1_000): EventQueue<ObjectBusEvent> {
    const queue: EventQueue<ObjectBusEvent> = new EventQueue(limit, () => subscription[Symbol.dispose]());
    const subscription = this.onObject(kind, filter, (event) => queue.push(event));
    return queue;
  }

  /** Ends every subscription. */
  close(): void {
    for (const subscription of this.#subscriptions) subscription[Symbol.dispose]();
    this.#endWatch();
  }

  #listen(kind: 'domain' | EventedKind, filter: EventFilter, deliver: (event: BusEvent) => void): Disposable {
    const source = this.sources[kind];
    const take = (event: BusEvent): void => {
      if (event.kind === kind && passes(event, filter)) this.#deliver(kind, event, deliver);
    };
    const shared = this.shared.subscribe((event) => {
      if (event.source === source) take(event);
    });
    return this.#hold([this.#own.subscribe(take), shared, this.#startWatching()]);
  }

  #deliver(kind: 'domain' | EventedKind, event: BusEvent, deliver: (event: BusEvent) => void): void {
    if (!this.pipeline.hasRules || event.kind === 'lost') return deliver(event);
    const { object } = event;
    this.#pending = this.#pending.then(async () => {
      const subject = { kind: accessKinds[kind], name: object.name, uuid: object.uuid };
      const [seen] = await this.pipeline.visible(registrations[kind], [event], () => subject);
      if (seen !== undefined) deliver(seen);
    });
  }

  #startWatching(): Disposable {
    const facet = this.pipeline.connection.events;
    this.#watchers += 1;
    if (facet !== undefined && this.#watch === undefined) {
      this.#watch = new AbortController();
      facet.watch(this.#own.sink(this.pipeline.driver.name), this.#watch.signal).catch(this.report);
    }
    return { [Symbol.dispose]: () => this.#stopWatching() };
  }

  #endWatch(): void {
    this.#watch?.abort();
    this.#watch = undefined;
  }

  /** Disposed once, all together, by its holder or with the session. */
  #hold(parts: readonly Disposable[]): Disposable {
    const subscription: Disposable = {
      [Symbol.dispose]: () => {
        if (!this.#subscriptions.delete(subscription)) return;
        for (const part of parts) part[Symbol.dispose]();
      },
    };
    this.#subscriptions.add(subscription);
    return subscription;
  }

  #stopWatching(): void {
    this.#watchers -= 1;
    if (this.#watchers === 0) this.#endWatch();
  }
}

function passes(event: BusEvent, filter: EventFilter): boolean {
  if (event.kind === 'lost') return true;
  return (
    (filter.uuid === undefined || filter.uuid === event.object.uuid) &&
    (filter.type === undefined || filter.type === event.event.type)
  );
}
