import type { DomainEvent, EventedKind, EventSink, ObjectEvent } from '../contract/facets/events.js';
import type { DomainRef, ObjectRef } from '../contract/references.js';

/** What happened, and which contribution said so. */
export type BusEvent =
  | { readonly kind: 'domain'; readonly source: string; readonly object: DomainRef; readonly event: DomainEvent }
  | { readonly kind: EventedKind; readonly source: string; readonly object: ObjectRef; readonly event: ObjectEvent }
  | { readonly kind: 'lost'; readonly source: string; readonly reason: string };
export type DomainBusEvent = Extract<BusEvent, { readonly kind: 'domain' }>;
export type ObjectBusEvent = Extract<BusEvent, { readonly kind: EventedKind }>;

export type BusListener = (event: BusEvent) => void;

/**
 * Delivers in the moment of emission, so that an event is with its subscribers before the call that caused it is
 * answered. A listener that throws is reported and keeps its subscription; it never disturbs the emitter.
 */
export class EventBus {
  readonly #listeners = new Set<BusListener>();

  constructor(private readonly report: (error: unknown) => void = () => undefined) {}

  subscribe(listener: BusListener): Disposable {
    const own: BusListener = (event) => listener(event);
    this.#listeners.add(own);
    return { [Symbol.dispose]: () => void this.#listeners.delete(own) };
  }

  emit(event: BusEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (error) {
        this.report(error);
      }
    }
  }

  /** The emitting end for one contribution. */
  sink(source: string): EventSink {
    return {
      domain: (object, event) => this.emit({ kind: 'domain', source, object, event }),
      object: (kind, object, event) => this.emit({ kind, source, object, event }),
      lost: (reason) => this.emit({ kind: 'lost', source, reason }),
    };
  }

  get listenerCount(): number {
    return this.#listeners.size;
  }
}
