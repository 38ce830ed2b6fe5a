import { type ProcessUsage, processUsage } from '@virtkit/host';
import { existsSync, readdirSync } from 'node:fs';
import type {
  Answer,
  Call,
  DomainFacet,
  DomainInfo,
  DomainKey,
  DomainRef,
  DomainState,
  DomainSummary,
} from '@virtkit/core';
import type { Domain } from '@virtkit/schema';
import type { DefinitionDigest } from '../../guests/definition-digests.js';
import { guestOf, stateOf } from '../../guests/find-guest.js';
import type { Guest } from '../../guests/guest.js';
import type { QemuServices } from '../../guests/services.js';
import { managedSavePath } from '../../process/guest-paths.js';

/** What is known of guests without asking any of them. */
export class QemuDomains implements DomainFacet {
  readonly #services: QemuServices;

  constructor(services: QemuServices) {
    this.#services = services;
  }

  async list(_call: Call): Promise<readonly DomainSummary[]> {
    let saved: ReadonlySet<string> | undefined;
    const hasImage = (name: string): boolean => {
      saved ??= new Set(readNames(this.#services.paths.saveDir));
      return saved.has(`${name}.save`);
    };
    return Array.from(this.#services.store.all(), (guest) => this.#summary(guest, hasImage));
  }

  find(by: DomainKey, _call: Call): DomainSummary | undefined {
    const guest = this.#find(by);
    return guest && this.#summary(guest, this.#hasImage);
  }

  info(domain: DomainRef, _call: Call): Answer<DomainInfo> {
    const guest = guestOf(this.#services, domain);
    const pid = guest.runtime?.process?.pid;
    if (pid === undefined) return this.#info(guest, undefined);
    return processUsage(pid).then((usage) => this.#info(guest, usage));
  }

  #info(guest: Guest, usage: ProcessUsage | undefined): DomainInfo {
    const definition = this.#services.digests.of(guest);
    return {
      state: stateOf(this.#services, guest),
      maxMemoryKiB: totalMemory(definition),
      memoryKiB: definition.currentMemory ?? totalMemory(definition),
      vcpus: definition.vcpu.current ?? definition.vcpu.count,
      cpuTimeNs: usage === undefined ? 0n : usage.userNs + usage.systemNs,
    };
  }

  async definition(domain: DomainRef, which: 'current' | 'persistent', _call: Call): Promise<Domain> {
    const guest = guestOf(this.#services, domain);
    if (which === 'current') return guest.current();
    const config = guest.config() ?? guest.current();
    return config;
  }

  generation(domain: DomainRef): number | undefined {
    return this.#services.store.byUuid(domain.uuid)?.generation;
  }

  #find(by: DomainKey): Guest | undefined {
    const { store } = this.#services;
    if ('uuid' in by) return store.byUuid(by.uuid);
    return 'name' in by ? store.byName(by.name) : store.byId(by.id);
  }

  readonly #hasImage = (name: string): boolean => existsSync(managedSavePath(this.#services.paths, name));

  #summary(guest: Guest, hasImage: (name: string) => boolean): DomainSummary {
    const isOnce = this.#services.autostartOnce.has(guest.name);
    return new GuestSummary(guest, stateOf(this.#services, guest), isOnce, hasImage);
  }
}

/** A guest at this moment. Most who ask for one do not ask for its saved image: only then the folder is looked at. */
class GuestSummary implements DomainSummary {
  readonly ref: DomainRef;
  readonly active: boolean;
  readonly persistent: boolean;
  readonly autostart: boolean;

  constructor(
    guest: Guest,
    readonly state: DomainState,
    readonly autostartOnce: boolean,
    private readonly hasImage: (name: string) => boolean,
  ) {
    this.ref = guest.ref;
    this.active = guest.active;
    this.persistent = guest.persistent;
    this.autostart = guest.autostart;
  }

  get hasManagedSave(): boolean {
    return this.persistent && this.hasImage(this.ref.name);
  }
}

/** What the guest may have at most, memory devices included. */
export const totalMemory = ({ memory }: Pick<DefinitionDigest, 'memory'>): number => memory.size ?? 0;

/** Synchronous, as it is one small folder of this host: a promise would cost more than the look. */
function readNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // made when something is put in
  }
}
