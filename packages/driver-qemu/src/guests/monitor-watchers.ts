import type { DomainRef, MonitorEvent } from '@virtkit/core';
import { jsonText } from '../command/json.js';
import type { QmpEvent } from '../monitor/qmp-message.js';

interface Watcher {
  readonly uuid: string | undefined;
  sink(event: MonitorEvent): void;
}

/** Clients that watch the monitor's own events. */
export class MonitorWatchers {
  readonly #watchers = new Set<Watcher>();

  /** `uuid` undefined: of all guests. */
  add(uuid: string | undefined, sink: (event: MonitorEvent) => void): Disposable {
    const watcher: Watcher = { uuid, sink };
    this.#watchers.add(watcher);
    return { [Symbol.dispose]: () => void this.#watchers.delete(watcher) };
  }

  tell(domain: DomainRef, event: QmpEvent): void {
    if (this.#watchers.size === 0) return;
    const { seconds, micros, data } = event;
    const details = Object.keys(data).length === 0 ? {} : { details: jsonText(data) };
    for (const { uuid, sink } of this.#watchers) {
      if (uuid === undefined || uuid === domain.uuid) {
        sink({ domain, event: event.event, seconds: BigInt(seconds), micros, ...details });
      }
    }
  }
}
