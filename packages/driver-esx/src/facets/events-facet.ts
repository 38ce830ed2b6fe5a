import { setTimeout as delay } from 'node:timers/promises';
import type { DomainEvent, DomainRef, EventSink, EventsFacet, Logger } from '@virtkit/core';
import type { ManagedObject } from '../soap/envelope.js';
import type { Answer } from '../soap/answer.js';
import { type Guests, readGuest } from '../vim/guests.js';
import { createFilter, destroy, newCollector, objectUpdates, type ObjectUpdate, waitForUpdates } from '../vim/task.js';

const watched = ['name', 'config.uuid', 'runtime.powerState'];
/** Seconds the server holds an answer back when nothing happens. */
const patience = 60;
const pause = { first: 1_000, longest: 30_000 };

/** Lifecycle events, from one call that the server answers when something changed. */
export function eventsFacet(guests: Guests, logger: Logger): EventsFacet {
  return {
    async watch(sink, signal) {
      let wait = pause.first;
      while (!signal.aborted) {
        const began = Date.now();
        try {
          await follow(guests, sink, signal);
        } catch (cause) {
          if (signal.aborted) return;
          const reason = cause instanceof Error ? cause.message : String(cause);
          logger.warning('events of the server were lost', { reason });
          sink.lost(reason);
        }
        wait = Date.now() - began > pause.longest ? pause.first : Math.min(wait * 2, pause.longest);
        await delay(wait, undefined, { signal }).catch(() => undefined); // aborted: the loop ends
      }
    },
  };
}

async function follow(guests: Guests, sink: EventSink, signal: AbortSignal): Promise<void> {
  const { session } = guests;
  const call = { signal };
  const place = await guests.place(call);
  const collector = await newCollector(session, call);
  try {
    await createFilter(session, collector, { ...place.guests, type: 'VirtualMachine', properties: watched }, call);
    const watcher = new Watcher(sink);
    let version = '';
    while (!signal.aborted) {
      const update = await waitForUpdates(session, collector, version, patience, call);
      if (update === undefined) continue;
      version = update.get('version').text ?? version;
      guests.changed();
      for (const change of objectUpdates(update)) watcher.take(change);
      watcher.settled();
    }
  } finally {
    await destroy(session, collector);
  }
}

interface Seen {
  readonly ref: DomainRef;
  readonly power: string;
}

/** Turns changes of properties into what happened to guests. */
class Watcher {
  readonly #seen = new Map<string, Seen>();
  readonly #values = new Map<string, Map<string, Answer>>();
  /** The first update tells what is there, not what happened. */
  #started = false;

  constructor(private readonly sink: EventSink) {}

  /** The update is over. */
  settled(): void {
    this.#started = true;
  }

  take({ object, kind, changes }: ObjectUpdate): void {
    if (kind === 'leave') return this.#left(object);
    const values = this.#values.get(object.id) ?? new Map<string, Answer>();
    for (const { name, value } of changes) values.set(name, value);
    this.#values.set(object.id, values);
    const guest = readGuest({ object, properties: values });
    if (guest === undefined) return;
    const now: Seen = { ref: guest.summary.ref, power: values.get('runtime.powerState')?.text ?? '' };
    const before = this.#seen.get(object.id);
    this.#seen.set(object.id, now);
    if (this.#started) for (const event of eventsBetween(before, now)) this.sink.domain(event.ref, event.event);
  }

  #left(object: ManagedObject): void {
    const before = this.#seen.get(object.id);
    this.#seen.delete(object.id);
    this.#values.delete(object.id);
    if (before === undefined || !this.#started) return;
    if (before.power === 'poweredOn') this.sink.domain(before.ref, lifecycle('stopped', 'destroyed'));
    this.sink.domain(before.ref, lifecycle('undefined', 'removed'));
  }
}

const lifecycle = (event: string, detail: string): DomainEvent => ({ type: 'lifecycle', event, detail });

const transitions: Readonly<Record<string, readonly [event: string, detail: string]>> = {
  'poweredOff poweredOn': ['started', 'booted'],
  'poweredOff suspended': ['suspended', 'paused'],
  'poweredOn poweredOff': ['stopped', 'shutdown'],
  'poweredOn suspended': ['suspended', 'paused'],
  'suspended poweredOn': ['resumed', 'unpaused'],
  'suspended poweredOff': ['stopped', 'destroyed'],
};

function* eventsBetween(
  before: Seen | undefined,
  now: Seen,
): Generator<{ readonly ref: DomainRef; readonly event: DomainEvent }> {
  if (before === undefined) {
    yield { ref: now.ref, event: lifecycle('defined', 'added') };
    if (now.power === 'poweredOn') yield { ref: now.ref, event: lifecycle('started', 'booted') };
    return;
  }
  if (before.ref.name !== now.ref.name) {
    yield { ref: before.ref, event: lifecycle('undefined', 'renamed') };
    yield { ref: now.ref, event: lifecycle('defined', 'renamed') };
  }
  const transition = transitions[`${before.power} ${now.power}`];
  if (transition !== undefined) yield { ref: now.ref, event: lifecycle(...transition) };
}
