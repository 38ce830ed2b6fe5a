import type { Connection, DomainEvent, DomainRef, DomainSummary, EventSink, HypervisorDriver } from '@virtkit/core';
import { type Domain, errorsFrom } from '@virtkit/schema';

const error = errorsFrom('TEST');

interface Guest {
  definition: Domain;
  persistent: boolean;
  id: number | undefined;
}

/** A correct driver of a hypervisor that can define, start and destroy, and nothing else. */
export class SmallConnection implements Connection {
  readonly accepts = { 'configuration.undefine': [], 'lifecycle.destroy': [] };
  readonly link = { encrypted: false, secure: true };
  readonly #guests = new Map<string, Guest>();
  readonly #sinks = new Set<EventSink>();
  #lastId = 0;

  readonly host: Connection['host'] = { type: () => 'SMALL', capabilities: async () => '<capabilities/>\n' };
  readonly domain: Connection['domain'] = {
    list: async () => [...this.#guests.values()].map(summary),
    find: async (by) => {
      const found = [...this.#guests.values()].find((guest) => matches(guest, by));
      return found === undefined ? undefined : summary(found);
    },
    info: async (ref) => {
      const guest = this.#guest(ref);
      const kib = guest.definition.memory.size ?? 0;
      return {
        state: summary(guest).state,
        maxMemoryKiB: kib,
        memoryKiB: kib,
        vcpus: guest.definition.vcpu.count,
        cpuTimeNs: 0n,
      };
    },
    definition: async (ref) => this.#guest(ref).definition,
  };
  readonly lifecycle: NonNullable<Connection['lifecycle']> = {
    start: async (ref) => {
      const guest = this.#guest(ref);
      if (guest.id !== undefined) throw error('OPERATION_INVALID', 'domain is already running');
      this.#lastId += 1;
      guest.id = this.#lastId;
      this.#emit(guest, { type: 'lifecycle', event: 'started', detail: 'booted' });
      return refOf(guest);
    },
    destroy: async (ref) => {
      const guest = this.#guest(ref);
      if (guest.id === undefined) throw error('OPERATION_INVALID', 'domain is not running');
      guest.id = undefined;
      if (!guest.persistent) this.#guests.delete(ref.uuid);
      this.#emit(guest, { type: 'lifecycle', event: 'stopped', detail: 'destroyed' });
    },
    shutdown: async (ref) => this.lifecycle.destroy(ref, {}, undefined as never),
  };
  readonly configuration: NonNullable<Connection['configuration']> = {
    define: async (definition) => {
      const uuid = definition.uuid ?? '';
      const twin = [...this.#guests.values()].find((guest) => guest.definition.name === definition.name);
      if (twin !== undefined && twin.definition.uuid !== uuid)
        throw error('OPERATION_FAILED', `domain '${definition.name}' already exists with uuid ${twin.definition.uuid}`);
      const guest = this.#guests.get(uuid) ?? { definition, persistent: true, id: undefined };
      guest.definition = definition;
      guest.persistent = true;
      this.#guests.set(uuid, guest);
      this.#emit(guest, { type: 'lifecycle', event: 'defined', detail: 'added' });
      return refOf(guest);
    },
    undefine: async (ref) => {
      const guest = this.#guest(ref);
      guest.persistent = false;
      if (guest.id === undefined) this.#guests.delete(ref.uuid);
      this.#emit(guest, { type: 'lifecycle', event: 'undefined', detail: 'removed' });
    },
  };
  readonly events: NonNullable<Connection['events']> = {
    watch: (sink, signal) => {
      this.#sinks.add(sink);
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          this.#sinks.delete(sink);
          resolve();
        });
      });
    },
  };

  alive(): boolean {
    return true;
  }
  async close(): Promise<void> {
    // Guests live on.
  }

  #guest({ uuid, name }: DomainRef): Guest {
    const guest = this.#guests.get(uuid);
    if (guest === undefined) throw error('NO_DOMAIN', `no domain with matching uuid '${uuid}' (${name})`);
    return guest;
  }

  #emit(guest: Guest, event: DomainEvent): void {
    for (const sink of this.#sinks) sink.domain(refOf(guest), event);
  }
}

export const smallFacets = ['lifecycle', 'configuration', 'events'] as const;

/** One connection for all who open, as a hypervisor has one state. */
export const driverOf = (connection: Connection): HypervisorDriver => ({
  traits: { state: 'remote' },
  origin: 'TEST',
  dialect: { virtTypes: ['test'] },
  open: async () => connection,
});

function refOf({ definition, id }: Guest): DomainRef {
  const ref = { uuid: definition.uuid ?? '', name: definition.name };
  return id === undefined ? ref : { ...ref, id };
}

function summary(guest: Guest): DomainSummary {
  const active = guest.id !== undefined;
  return {
    ref: refOf(guest),
    active,
    persistent: guest.persistent,
    autostart: false,
    state: active ? { state: 'running', reason: 'booted' } : { state: 'shutoff', reason: 'unknown' },
    hasManagedSave: false,
  };
}

function matches(guest: Guest, by: object): boolean {
  const { definition, id } = guest;
  if ('uuid' in by) return by.uuid === definition.uuid;
  return 'id' in by ? by.id === id && id !== undefined : 'name' in by && by.name === definition.name;
}
