import type { EventSink } from '@virtkit/core';

/** All who watch a world. */
export class Listeners implements EventSink {
  readonly #sinks = new Set<EventSink>();

  /** Until the signal is aborted. */
  add(sink: EventSink, signal: AbortSignal): Promise<void> {
    this.#sinks.add(sink);
    return new Promise((resolve) => {
      signal.addEventListener(
        'abort',
        () => {
          this.#sinks.delete(sink);
          resolve();
        },
        { once: true },
      );
    });
  }

  domain: EventSink['domain'] = (domain, event) => {
    for (const sink of this.#sinks) sink.domain(domain, event);
  };
  object: EventSink['object'] = (kind, object, event) => {
    for (const sink of this.#sinks) sink.object(kind, object, event);
  };
  lost: EventSink['lost'] = (reason) => {
    for (const sink of this.#sinks) sink.lost(reason);
  };
}
