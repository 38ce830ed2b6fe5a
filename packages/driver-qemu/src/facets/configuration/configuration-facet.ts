import {
  type Call,
  changeMetadata,
  type ConfigurationFacet,
  type DomainRef,
  type MetadataChange,
  type Target,
  type UndefineOptions,
} from '@virtkit/core';
import type { Domain } from '@virtkit/schema';
import { virtError } from '../../errors.js';
import { emit, emitLifecycle } from '../../guests/change-guest.js';
import { guestOf } from '../../guests/find-guest.js';
import type { QemuServices } from '../../guests/services.js';
import { changeTargets } from '../targets.js';

import { setMemory, setMemoryStatisticsPeriod } from './memory.js';
import { rename } from './rename.js';
import { undefine } from './undefine.js';
import { setVcpus, vcpuCount } from './vcpus.js';

/** What a guest shall be. */
export class QemuConfiguration implements ConfigurationFacet {
  readonly #services: QemuServices;

  constructor(services: QemuServices) {
    this.#services = services;
  }

  async define(definition: Domain, call: Call): Promise<DomainRef> {
    const { store } = this.#services;
    const known = definition.uuid === undefined ? undefined : store.byUuid(definition.uuid);
    const save = () => store.define(definition);
    const guest = known === undefined ? await save() : await store.run(known, 'modify', call, save);
    emitLifecycle(this.#services, guest, 'defined', known === undefined ? 'added' : 'updated');
    return guest.ref;
  }

  undefine(domain: DomainRef, options: UndefineOptions, call: Call): Promise<void> {
    return undefine(this.#services, guestOf(this.#services, domain), options, call);
  }

  async setAutostart(domain: DomainRef, value: boolean, call: Call): Promise<void> {
    const { store } = this.#services;
    const guest = guestOf(this.#services, domain);
    if (!guest.persistent) throw virtError('OPERATION_INVALID', 'cannot set autostart for transient domain');
    await store.run(guest, 'modify', call, (current) => store.setAutostart(current, value));
  }

  async setAutostartOnce(domain: DomainRef, value: boolean, call: Call): Promise<void> {
    const { store, autostartOnce } = this.#services;
    const guest = guestOf(this.#services, domain);
    if (!guest.persistent) throw virtError('OPERATION_INVALID', 'cannot set autostart for transient domain');
    await store.run(guest, 'modify', call, (current) => autostartOnce.set(current.name, value));
  }

  rename(domain: DomainRef, name: string, call: Call): Promise<DomainRef> {
    return rename(this.#services, guestOf(this.#services, domain), name, call);
  }

  setMemory(
    domain: DomainRef,
    kib: number,
    target: Target & { readonly maximum?: boolean },
    call: Call,
  ): Promise<void> {
    return setMemory(this.#services, guestOf(this.#services, domain), kib, target, call);
  }

  setMemoryStatisticsPeriod(domain: DomainRef, seconds: number, target: Target, call: Call): Promise<void> {
    return setMemoryStatisticsPeriod(this.#services, guestOf(this.#services, domain), seconds, target, call);
  }

  setVcpus(
    domain: DomainRef,
    count: number,
    target: Target & { readonly maximum?: boolean; readonly guest?: boolean; readonly hotpluggable?: boolean },
    call: Call,
  ): Promise<void> {
    return setVcpus(this.#services, guestOf(this.#services, domain), count, target, call);
  }

  vcpuCount(
    domain: DomainRef,
    target: Target & { readonly maximum?: boolean; readonly guest?: boolean },
    call: Call,
  ): Promise<number> {
    return vcpuCount(this.#services, guestOf(this.#services, domain), target, call);
  }

  async setMetadata(domain: DomainRef, metadata: MetadataChange, target: Target, call: Call): Promise<void> {
    const guest = guestOf(this.#services, domain);
    await changeTargets(this.#services, guest, target, call, (definition) => changeMetadata(definition, metadata));
    const uri = metadata.kind === 'element' ? { uri: metadata.uri } : {};
    emit(this.#services, guest, { type: 'metadataChange', kind: metadata.kind, ...uri });
  }
}
