import { type DomainEvent, type DomainRef, type LiveChange, Turns } from '@virtkit/core';
import type { Domain } from '@virtkit/schema';
import { DefinitionDigests } from '../guests/definition-digests.js';
import type { Guest, GuestStore } from '../guests/guest.js';
import type { QemuServices } from '../guests/services.js';
import { noResources, type QemuRuntime } from '../status/runtime.js';

/** State of an active guest, with what a test wants different. */
export const runtimeOf = (change: Partial<QemuRuntime> = {}): QemuRuntime => ({
  phase: 'active',
  state: { state: 'running', reason: 'booted' },
  folder: '/run/g',
  monitor: '/run/g/monitor.sock',
  channels: '/run/channel/g',
  resources: noResources,
  vcpus: [],
  autodestroy: false,
  fakeReboot: false,
  nodeIndex: 0,
  taints: [],
  ...change,
});

/** A guest that keeps what it is told, and a store that knows only it. */
export class FakeGuest {
  readonly uuid = '11111111-2222-3333-4444-555555555555';
  readonly name = 'g';
  readonly persistent = true;
  readonly autostart = false;
  generation = 0;
  runtime: QemuRuntime | undefined;
  live: Domain;
  stored: Domain;

  constructor(definition: Domain, runtime: QemuRuntime | undefined) {
    this.live = definition;
    this.stored = definition;
    this.runtime = runtime;
  }
  get id(): number | undefined {
    return this.active ? 1 : undefined;
  }
  get active(): boolean {
    return this.runtime !== undefined;
  }
  get ref(): DomainRef {
    return this.active ? { uuid: this.uuid, name: this.name, id: 1 } : { uuid: this.uuid, name: this.name };
  }
  config(): Domain {
    return this.stored;
  }
  current(): Domain {
    return this.active ? this.live : this.stored;
  }
  replaceLive({ definition = this.live, runtime = this.runtime }: LiveChange<Domain, QemuRuntime>): void {
    this.live = definition;
    this.runtime = runtime;
  }
}

/** Services around one guest: what was emitted and written stays to be looked at. */
export function fakeServices(guest: FakeGuest): {
  readonly services: QemuServices;
  readonly guest: Guest;
  readonly events: readonly DomainEvent[];
} {
  const events: DomainEvent[] = [];
  const store: Partial<GuestStore> = {
    all: () => [guest],
    byUuid: (uuid) => (uuid === guest.uuid ? guest : undefined),
    run: (_object, _job, call, body) => body(guest, call.signal),
    updateLive: async (_object, change) => guest.replaceLive(change),
    noteLive: async (_object, change) => guest.replaceLive(change),
    define: async (definition) => {
      guest.stored = definition;
      return guest;
    },
    defineAfter: async (definition, act) => {
      await act();
      if (definition !== undefined) guest.stored = definition;
    },
  };
  const services: Partial<QemuServices> = {
    store: store as GuestStore, // only what the code under test uses
    events: { domain: (_ref, event) => void events.push(event), object: () => undefined, lost: () => undefined },
    saving: new Turns(),
    digests: new DefinitionDigests(),
    live: new Map(),
    offStates: new Map(),
    user: undefined,
    cgroups: undefined,
  };
  return { services: services as QemuServices, guest, events };
}
