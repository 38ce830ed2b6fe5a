import {
  changeMetadata,
  refuseUnsafeName,
  type ConfigurationFacet,
  type DomainRef,
  type MetadataChange,
  type Target,
  type UndefineOptions,
} from '@virtkit/core';
import type { Domain } from '@virtkit/schema';
import { testError } from '../errors.js';
import type { TestDomain } from '../world/test-domain.js';
import type { World } from '../world/world.js';

/** Persistent configuration, kept in memory. */
export class TestConfiguration implements ConfigurationFacet {
  constructor(private readonly world: World) {}

  define(definition: Domain): Promise<DomainRef> {
    refuseUnsafeName(definition.name);
    const domain = this.world.enter(definition);
    const detail = domain.persistent ? 'updated' : 'added';
    domain.config = definition;
    domain.generation += 1;
    this.#lifecycle(domain, 'defined', detail);
    return Promise.resolve(domain.ref);
  }

  undefine(ref: DomainRef, options: UndefineOptions): Promise<void> {
    const domain = this.#persistent(ref);
    if (domain.managedSave !== undefined && options.managedSave !== true)
      throw testError('OPERATION_INVALID', 'Refusing to undefine while domain managed save image exists');
    if (!domain.active && domain.snapshots.size > 0 && options.snapshotsMetadata !== true)
      throw testError('OPERATION_INVALID', `cannot delete inactive domain with ${domain.snapshots.size} snapshots`);
    if (!domain.active && domain.checkpoints.size > 0 && options.checkpointsMetadata !== true)
      throw testError('OPERATION_INVALID', `cannot delete inactive domain with ${domain.checkpoints.size} checkpoints`);
    domain.managedSave = undefined;
    domain.config = undefined;
    domain.autostart = false;
    domain.generation += 1;
    this.world.leave(domain);
    this.#lifecycle(domain, 'undefined', 'removed');
    return Promise.resolve();
  }

  setAutostart(ref: DomainRef, value: boolean): Promise<void> {
    this.#persistent(ref).autostart = value;
    return Promise.resolve();
  }

  setAutostartOnce(ref: DomainRef, value: boolean): Promise<void> {
    this.#persistent(ref).autostartOnce = value;
    return Promise.resolve();
  }

  rename(ref: DomainRef, name: string): Promise<DomainRef> {
    refuseUnsafeName(name);
    const domain = this.#persistent(ref);
    if (domain.active) throw testError('OPERATION_INVALID', 'cannot rename active domain');
    if (this.world.domainByName(name) !== undefined)
      throw testError('OPERATION_INVALID', `domain with name '${name}' already exists`);
    this.#lifecycle(domain, 'undefined', 'renamed');
    domain.name = name;
    domain.change({ config: true }, (definition) => {
      definition.name = name;
    });
    this.#lifecycle(domain, 'defined', 'renamed');
    return Promise.resolve(domain.ref);
  }

  setMemory(ref: DomainRef, kib: number, target: Target & { readonly maximum?: boolean }): Promise<void> {
    const domain = this.world.domain(ref);
    if (target.maximum === true && domain.active && target.config !== true)
      throw testError('OPERATION_INVALID', 'cannot resize the maximum memory on an active domain');
    domain.change(target, (definition) => setMemory(definition, kib, target.maximum === true));
    return Promise.resolve();
  }

  setMemoryStatisticsPeriod(ref: DomainRef, seconds: number, target: Target): Promise<void> {
    this.world.domain(ref).change(target, ({ devices }) => {
      if (devices.memballoon === undefined) throw testError('OPERATION_INVALID', 'No memory balloon device configured');
      devices.memballoon.stats = { period: seconds };
    });
    return Promise.resolve();
  }

  setVcpus(ref: DomainRef, count: number, target: Target & { readonly maximum?: boolean }): Promise<void> {
    const domain = this.world.domain(ref);
    if (target.maximum === true && domain.active && target.config !== true)
      throw testError('INVALID_ARG', 'cannot change the maximum of a running domain');
    domain.change(target, (definition) => setVcpus(definition, count, target.maximum === true));
    return Promise.resolve();
  }

  vcpuCount(ref: DomainRef, target: Target & { readonly maximum?: boolean }): Promise<number> {
    const [definition] = this.world.domain(ref).targets(target);
    const { count = 1, current = count } = definition?.vcpu ?? {};
    return Promise.resolve(target.maximum === true ? count : current);
  }

  setMetadata(ref: DomainRef, metadata: MetadataChange, target: Target): Promise<void> {
    const domain = this.world.domain(ref);
    domain.change(target, (definition) => changeMetadata(definition, metadata));
    const uri = metadata.kind === 'element' ? { uri: metadata.uri } : {};
    this.world.listeners.domain(domain.ref, { type: 'metadataChange', kind: metadata.kind, ...uri });
    return Promise.resolve();
  }

  addIoThread(ref: DomainRef, id: number, target: Target): Promise<void> {
    this.world.domain(ref).change(target, (definition) => {
      const threads = ioThreads(definition);
      if (threads.some((thread) => thread.id === id))
        throw testError('INVALID_ARG', `an IOThread is already using iothread_id '${id}'`);
      setIoThreads(definition, [...threads, { id }]);
    });
    return Promise.resolve();
  }

  removeIoThread(ref: DomainRef, id: number, target: Target): Promise<void> {
    this.world.domain(ref).change(target, (definition) => {
      const threads = ioThreads(definition);
      if (!threads.some((thread) => thread.id === id))
        throw testError('INVALID_ARG', `cannot find IOThread '${id}' in iothreadids list`);
      setIoThreads(
        definition,
        threads.filter((thread) => thread.id !== id),
      );
    });
    return Promise.resolve();
  }

  isUpdated(): Promise<boolean> {
    return Promise.resolve(false);
  }

  #persistent(ref: DomainRef): TestDomain {
    const domain = this.world.domain(ref);
    if (!domain.persistent) throw testError('OPERATION_INVALID', 'cannot change a transient domain');
    return domain;
  }

  #lifecycle({ ref }: TestDomain, event: string, detail: string): void {
    this.world.listeners.domain(ref, { type: 'lifecycle', event, detail });
  }
}

function setMemory(definition: Domain, kib: number, maximum: boolean): void {
  const most = definition.memory.size ?? 0;
  if (maximum) {
    definition.memory.size = kib;
    if ((definition.currentMemory ?? kib) > kib) definition.currentMemory = kib;
    return;
  }
  if (kib > most) throw testError('INVALID_ARG', 'cannot set memory higher than max memory');
  definition.currentMemory = kib;
}

function setVcpus({ vcpu }: Domain, count: number, maximum: boolean): void {
  if (count < 1) throw testError('INVALID_ARG', 'requested vcpus must be at least one');
  if (maximum) {
    vcpu.count = count;
    if (vcpu.current !== undefined && vcpu.current > count) vcpu.current = count;
    return;
  }
  if (count > vcpu.count)
    throw testError('INVALID_ARG', `requested cpu amount exceeds maximum (${count} > ${vcpu.count})`);
  vcpu.current = count;
}

type IoThreads = NonNullable<Domain['iothreadids']>;

/** Named ones, and unnamed ones up to the count. */
export function ioThreads(definition: Domain): IoThreads {
  const named = [...(definition.iothreadids ?? [])];
  for (let id = 1; named.length < (definition.iothreads ?? 0); id += 1)
    if (!named.some((thread) => thread.id === id)) named.push({ id });
  return named;
}

function setIoThreads(definition: Domain, threads: IoThreads): void {
  definition.iothreads = threads.length;
  definition.iothreadids = threads;
}
