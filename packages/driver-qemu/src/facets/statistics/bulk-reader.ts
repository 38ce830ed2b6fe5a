import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Answer, DomainRef, DomainStatistics, StatisticsGroup } from '@virtkit/core';
import { type LinkStatistics, processUsage, threadUsage, type ThreadUsage } from '@virtkit/host';
import { runningGuest, stateOf } from '../../guests/find-guest.js';
import type { Guest } from '../../guests/guest.js';
import type { QemuServices } from '../../guests/services.js';
import { groups as groupTable, type Sources, type Values } from './bulk.js';
import type { AgedFigures, FigureReader } from './figures.js';

/** Groups that need QEMU's own answer. */
const asking = new Set<StatisticsGroup>(['balloon', 'block', 'dirtyrate']);
const noFigures: AgedFigures = { figures: undefined };
const noThreads: ReadonlyMap<number, ThreadUsage> = new Map();
/** Longest work in one turn of the event loop, in milliseconds. */
const SLICE_MS = 2;
/** Guests that are off looked at together; their images are read from disk. */
const BATCH = 64;

interface Question {
  readonly groups: readonly StatisticsGroup[];
  readonly backing?: boolean;
  readonly nowait?: boolean;
  readonly links: ReadonlyMap<string, LinkStatistics>;
}

/** Statistics of many guests: running ones all at once, each with a deadline; those that are off in slices of time. */
export class BulkReader {
  readonly #services: QemuServices;
  readonly #figures: FigureReader;

  constructor(services: QemuServices, figures: FigureReader) {
    this.#services = services;
    this.#figures = figures;
  }

  /** In the order asked for; guests that are gone are left out. */
  async read(
    domains: readonly DomainRef[],
    groups: readonly StatisticsGroup[],
    options: { readonly backing?: boolean; readonly nowait?: boolean },
  ): Promise<readonly DomainStatistics[]> {
    const links = groups.includes('interface') ? await this.#services.links.statistics() : new Map();
    const question: Question = { ...options, groups, links };
    const guests = domains.flatMap(({ uuid }) => this.#services.store.byUuid(uuid) ?? []);
    const answers = new Map<Guest, DomainStatistics>();
    const enter = (guest: Guest, facts: RunningFacts): Answer<void> => {
      const values: Values = new Map();
      const { ageMs } = facts;
      answers.set(guest, {
        domain: guest.ref,
        values,
        ...(groups.includes('state') && { state: stateOf(this.#services, guest) }),
        ...(ageMs !== undefined && { ageMs }),
      });
      return fill(groups, this.#sources(guest, facts, question), values);
    };
    const running = guests.filter(({ active }) => active);
    await Promise.all([
      Promise.all(running.map(async (guest) => enter(guest, await this.#running(guest, question)))),
      inSlices(guests, (guest) => (guest.active ? undefined : enter(guest, nothingRuns))),
    ]);
    return guests.flatMap((guest) => answers.get(guest) ?? []);
  }

  #sources(guest: Guest, { usage, threads, figures }: RunningFacts, { links, backing }: Question): Sources {
    const services = this.#services;
    const definition = services.digests.of(guest);
    return { services, guest, definition, usage, threads, figures, links, backing: backing === true };
  }

  async #running(guest: Guest, { groups, nowait }: Question): Promise<RunningFacts> {
    const pid = guest.runtime?.process?.pid;
    const [aged, usage, threads] = await Promise.all([
      groups.some((name) => asking.has(name)) ? this.#ask(guest, nowait) : noFigures,
      pid === undefined ? undefined : processUsage(pid),
      groups.includes('vcpu') ? threadsOf(guest) : noThreads,
    ]);
    return { ...aged, usage, threads };
  }

  async #ask(guest: Guest, nowait: boolean | undefined): Promise<AgedFigures> {
    const live = this.#services.live.get(guest.uuid);
    if (!guest.active || live?.monitor === undefined) return noFigures;
    return await this.#figures.read(runningGuest(this.#services, guest), nowait === undefined ? {} : { nowait });
  }
}

interface RunningFacts extends AgedFigures {
  readonly usage: Awaited<ReturnType<typeof processUsage>>;
  readonly threads: ReadonlyMap<number, ThreadUsage>;
}
const nothingRuns: RunningFacts = { figures: undefined, usage: undefined, threads: noThreads };

/** Group after group; at once as long as none has to look at the disk. */
function fill(names: readonly StatisticsGroup[], sources: Sources, values: Values): Answer<void> {
  for (const [at, name] of names.entries()) {
    const work = groupTable[name]?.(sources, values);
    if (work !== undefined) return work.then(() => fill(names.slice(at + 1), sources, values));
  }
}

/** Other clients come in between. */
async function inSlices(guests: readonly Guest[], look: (guest: Guest) => Answer<void>): Promise<void> {
  let batch: Promise<void>[] = [];
  let end = performance.now() + SLICE_MS;
  for (const guest of guests) {
    const work = look(guest);
    if (work !== undefined) batch.push(work);
    if (batch.length < BATCH && performance.now() < end) continue;
    await Promise.all(batch);
    batch = [];
    if (performance.now() >= end) await nextTurn();
    end = performance.now() + SLICE_MS;
  }
  await Promise.all(batch);
}

/** What each virtual CPU's thread used. */
export async function threadsOf({ runtime }: Guest): Promise<ReadonlyMap<number, ThreadUsage>> {
  const pid = runtime?.process?.pid;
  if (runtime === undefined || pid === undefined) return noThreads;
  const found = await Promise.all(
    runtime.vcpus.map(async ({ vcpu, thread }) => [vcpu, await threadUsage(pid, thread)] as const),
  );
  return new Map(found.flatMap(([vcpu, usage]) => (usage === undefined ? [] : [[vcpu, usage] as const])));
}
