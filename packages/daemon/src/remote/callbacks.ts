import type { DomainEvent, DomainRef, EventedKind, MonitorEvent, ObjectEvent, ObjectRef, Session } from '@virtkit/core';
import { qemu } from '@virtkit/protocol';
import { errorsFrom } from '@virtkit/schema';
import type { Client } from '../client.js';
import { domainRoutes } from '../events/domain-routes.js';
import { type DomainRoute, eventWriter, type ObjectRoute } from '../events/event-route.js';
import { objectRoutes } from '../events/object-routes.js';
import { wireDomain } from './wire.js';

const rpcError = errorsFrom('RPC');

/** Callbacks one client may have; far more than any client registers. */
const MAX_CALLBACKS = 4096;

interface Registration {
  readonly subscription: Disposable;
  /** Of a callback in the old style: what it is registered for, in place of an id. */
  readonly legacyEvent?: number;
  readonly eventId: number;
}
type CallbackClass = 'domain' | EventedKind | 'monitor';

const writeMonitorEvent = eventWriter(qemu, qemu.rows.domainMonitorEvent);

/** What one client wants to hear of, in both styles. Ids count per object class. */
export class Callbacks {
  #classes = new Map<CallbackClass, Map<number, Registration>>();
  #nextIds = new Map<CallbackClass, number>();

  constructor(private readonly client: Pick<Client, 'takesEvents' | 'peer'>) {}

  /** @returns the callback's id */
  addDomain(session: Session, eventId: number, domain: ObjectRef | undefined): number {
    const route = routeOf(domainRoutes, eventId);
    this.#refuseOtherStyle(eventId, false);
    return this.#add('domain', eventId, (id) =>
      session.events.onDomain(filterOf(route, domain), ({ object, event }) => {
        if (this.client.takesEvents()) route.write(this.client.peer.output.writer, id, object, event);
      }),
    );
  }

  /** Registers in the old style: an event at most once, and not in both styles. */
  addLegacyDomain(session: Session, eventId: number): void {
    const route = routeOf(domainRoutes, eventId);
    this.#refuseOtherStyle(eventId, true);
    this.#add(
      'domain',
      eventId,
      () =>
        session.events.onDomain(filterOf(route, undefined), ({ object, event }) =>
          this.#sendLegacy(route, object, event),
        ),
      true,
    );
  }

  removeLegacyDomain(eventId: number): void {
    for (const [id, { legacyEvent }] of this.#of('domain'))
      if (legacyEvent === eventId) return this.remove('domain', id);
    throw notRegistered('domain', eventId);
  }

  addObject(session: Session, kind: EventedKind, eventId: number, object: Partial<ObjectRef> | undefined): number {
    const route = routeOf<ObjectRoute>(objectRoutes[kind], eventId);
    return this.#add(kind, eventId, (id) =>
      session.events.onObject(kind, filterOf(route, object), ({ object: about, event }) => {
        if (object?.uuid === undefined && object?.name !== undefined && object.name !== about.name) return;
        this.#sendObject(route, id, about, event);
      }),
    );
  }

  /** Monitor events whose name `wanted` accepts. */
  addMonitor(session: Session, domain: DomainRef | undefined, wanted: (event: string) => boolean): number {
    const watch = session.connection.native?.watchMonitor?.bind(session.connection.native);
    if (watch === undefined) throw errorsFrom('NONE')('NO_SUPPORT', 'virConnectDomainQemuMonitorEventRegister');
    return this.#add('monitor', 0, (id) =>
      watch(domain, (event) => {
        if (wanted(event.event)) this.#sendMonitor(id, event);
      }),
    );
  }

  remove(kind: CallbackClass, id: number): void {
    const registration = this.#of(kind).get(id);
    if (registration === undefined) throw notRegistered(kind, id);
    this.#of(kind).delete(id);
    registration.subscription[Symbol.dispose]();
  }

  clear(): void {
    const classes = this.#classes;
    this.#classes = new Map();
    for (const registrations of classes.values()) {
      for (const { subscription } of registrations.values()) subscription[Symbol.dispose]();
    }
  }

  #add(kind: CallbackClass, eventId: number, subscribe: (id: number) => Disposable, legacy = false): number {
    const registrations = this.#of(kind);
    if (registrations.size >= MAX_CALLBACKS) throw rpcError('INTERNAL_ERROR', 'too many event callbacks');
    const id = this.#nextIds.get(kind) ?? 0;
    this.#nextIds.set(kind, id + 1);
    const subscription = subscribe(id);
    registrations.set(id, { subscription, eventId, ...(legacy && { legacyEvent: eventId }) });
    return id;
  }

  #of(kind: CallbackClass): Map<number, Registration> {
    let registrations = this.#classes.get(kind);
    if (registrations === undefined) {
      registrations = new Map();
      this.#classes.set(kind, registrations);
    }
    return registrations;
  }

  #refuseOtherStyle(eventId: number, legacy: boolean): void {
    for (const registration of this.#of('domain').values()) {
      if (registration.eventId !== eventId) continue;
      if (legacy || registration.legacyEvent !== undefined)
        throw rpcError('INVALID_ARG', 'event callback already tracked');
    }
  }

  #sendLegacy(route: DomainRoute, domain: DomainRef, event: DomainEvent): void {
    if (this.client.takesEvents()) route.writeLegacy?.(this.client.peer.output.writer, domain, event);
  }

  #sendObject(route: ObjectRoute, id: number, object: ObjectRef, event: ObjectEvent): void {
    if (this.client.takesEvents()) route.write(this.client.peer.output.writer, id, object, event);
  }

  #sendMonitor(callbackID: number, { domain, event, seconds, micros, details }: MonitorEvent): void {
    if (!this.client.takesEvents()) return;
    const message = { callbackID, dom: wireDomain(domain), event, seconds, micros, details };
    writeMonitorEvent(this.client.peer.output.writer, message);
  }
}

function routeOf<R>(routes: readonly R[], eventId: number): R {
  const route = routes[eventId];
  if (route === undefined) throw rpcError('INTERNAL_ERROR', `unsupported event ID ${eventId}`);
  return route;
}

const filterOf = (
  route: { readonly type: string },
  object: Partial<ObjectRef> | undefined,
): { readonly type: string; readonly uuid?: string } =>
  object?.uuid === undefined ? { type: route.type } : { type: route.type, uuid: object.uuid };

const classNames: Readonly<Record<CallbackClass, string>> = {
  domain: 'domain event',
  network: 'network event',
  storagePool: 'storage pool event',
  nodeDevice: 'node device event',
  secret: 'secret event',
  monitor: 'qemu monitor event',
};

const notRegistered = (kind: CallbackClass, id: number): Error =>
  rpcError('INTERNAL_ERROR', `${classNames[kind]} callback ${id} not registered`);
