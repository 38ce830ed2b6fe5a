import type { DomainRef, DomainState, DomainSummary } from '@virtkit/core';
import { esxError } from '../errors.js';
import type { Answer } from '../soap/answer.js';
import type { ManagedObject } from '../soap/envelope.js';
import { Autostart } from './autostart.js';
import { findPlace, type Place } from './place.js';
import { type ObjectProperties, retrieve, type Selection } from './property-collector.js';
import type { VimCall, VimSession } from './session.js';
import { unescapedName } from './names.js';

/** A guest with its reference on the server. */
export interface Guest {
  readonly object: ManagedObject;
  readonly summary: DomainSummary;
}

/** Milliseconds for which a list answers for each of its guests. */
const moment = 1_000;
const summaryProperties = ['name', 'config.uuid', 'runtime.powerState'];

/** The guests of a connection. A list is one request, however many there are. */
export class Guests {
  readonly autostart: Autostart;
  #place: Promise<Place> | undefined;
  #generation = 0;
  /** Where guests were last seen, by uuid. */
  readonly #known = new Map<string, ManagedObject>();
  /** The last list: who asks for each guest right after it gets these answers. */
  #listed: { readonly at: number; readonly guests: ReadonlyMap<string, Guest> } | undefined;

  constructor(
    readonly session: VimSession,
    private readonly path: readonly string[],
  ) {
    this.autostart = new Autostart(session);
  }

  /** What the connection is about; looked for once a login. */
  place(call: VimCall): Promise<Place> {
    if (this.#place === undefined || this.#generation !== this.session.generation) {
      this.#generation = this.session.generation;
      const place = findPlace(this.session, this.path, call);
      this.#place = place;
      place.catch(() => {
        if (this.#place === place) this.#place = undefined;
      });
    }
    return this.#place;
  }

  async list(call: VimCall): Promise<readonly Guest[]> {
    const found = await this.properties(summaryProperties, call);
    const started = await this.autostart.read((await this.place(call)).host, call);
    const guests = found.flatMap((entry) => readGuest(entry, started) ?? []);
    this.#known.clear();
    for (const { object, summary } of guests) this.#known.set(summary.ref.uuid, object);
    this.#listed = { at: Date.now(), guests: new Map(guests.map((guest) => [guest.summary.ref.uuid, guest])) };
    return guests;
  }

  /** These properties of every guest. */
  async properties(properties: readonly string[], call: VimCall): Promise<readonly ObjectProperties[]> {
    const { generation } = this.session;
    const selection = async (): Promise<Selection> => ({
      ...(await this.place(call)).guests,
      type: 'VirtualMachine',
      properties,
    });
    const found = await retrieve(this.session, await selection(), call);
    if (generation === this.session.generation || generation === 0) return found;
    return retrieve(this.session, await selection(), call); // a view of the session before is gone
  }

  /** Something was changed: what was listed before says nothing any more. */
  changed(): void {
    this.#listed = undefined;
  }

  /** One guest as it is now, or was in a list a moment ago; undefined when there is none. */
  async byUuid(uuid: string, call: VimCall): Promise<Guest | undefined> {
    const listed = this.#listed;
    if (listed !== undefined && Date.now() - listed.at < moment) {
      const guest = listed.guests.get(uuid);
      if (guest !== undefined) return guest;
    }
    return this.#now(uuid, call);
  }

  async #now(uuid: string, call: VimCall): Promise<Guest | undefined> {
    const known = this.#known.get(uuid) ?? (await this.#search(uuid, call));
    if (known === undefined) return undefined;
    const guest = await this.#read(known, call);
    if (guest?.summary.ref.uuid === uuid) {
      this.#known.set(uuid, known);
      return guest;
    }
    this.#known.delete(uuid);
    return (await this.list(call)).find(({ summary }) => summary.ref.uuid === uuid);
  }

  /** The reference of a guest. Throws when it is gone. */
  async object(ref: DomainRef, call: VimCall): Promise<ManagedObject> {
    const known = this.#known.get(ref.uuid) ?? (await this.byUuid(ref.uuid, call))?.object;
    if (known !== undefined) return known;
    throw esxError('NO_DOMAIN', `no domain with matching uuid '${ref.uuid}' (${ref.name})`);
  }

  async #search(uuid: string, call: VimCall): Promise<ManagedObject | undefined> {
    const answer = await this.session.call(
      'FindByUuid',
      this.session.content.searchIndex,
      [
        ['uuid', uuid],
        ['vmSearch', true],
      ],
      call,
    );
    return answer.get('returnval').reference;
  }

  async #read(object: ManagedObject, call: VimCall): Promise<Guest | undefined> {
    try {
      const [entry] = await retrieve(
        this.session,
        { start: object, type: 'VirtualMachine', properties: summaryProperties },
        call,
      );
      const started = await this.autostart.read((await this.place(call)).host, call);
      return entry === undefined ? undefined : readGuest(entry, started);
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  }
}

const isGone = (error: unknown): boolean =>
  error instanceof Error && (error.cause as { readonly kind?: string } | undefined)?.kind === 'ManagedObjectNotFound';

const none: ReadonlySet<string> = new Set();

/** Guests without a uuid are half made or out of reach: they cannot be named, so they are left out. */
export function readGuest(
  { object, properties }: ObjectProperties,
  autostarted: ReadonlySet<string> = none,
): Guest | undefined {
  const uuid = properties.get('config.uuid')?.text;
  const name = properties.get('name')?.text;
  if (uuid === undefined || uuid === '' || name === undefined) return undefined;
  const state = stateOf(properties.get('runtime.powerState'));
  const active = state.state !== 'shutoff';
  const ref: DomainRef = {
    uuid: uuid.toLowerCase(),
    name: unescapedName(name),
    ...(active ? { id: numberOf(object) } : {}),
  };
  return {
    object,
    summary: { ref, active, persistent: true, autostart: autostarted.has(object.id), state, hasManagedSave: false },
  };
}

const states: Readonly<Record<string, DomainState['state']>> = {
  poweredOn: 'running',
  poweredOff: 'shutoff',
  suspended: 'paused',
};
/** The server knows states, not reasons. */
export const stateOf = (power: Answer | undefined): DomainState => ({
  state: states[power?.text ?? ''] ?? 'nostate',
  reason: 'unknown',
});

/** The number in a reference (`vm-42`, `42`). */
const numberOf = ({ id }: ManagedObject): number => Number(/(\d+)$/.exec(id)?.[1] ?? 0);
