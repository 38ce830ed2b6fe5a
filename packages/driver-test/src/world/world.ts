import type { ActivatableSummary, NodeDeviceSummary, NodeInfo, ObjectRef } from '@virtkit/core';
import type { Domain, Network } from '@virtkit/schema';
import { testError } from '../errors.js';
import { Listeners } from './listeners.js';
import { TestDomain } from './test-domain.js';
import type { TestPool } from './test-pool.js';

export interface TestNetwork {
  definition: Network;
  active: boolean;
  persistent: boolean;
  autostart: boolean;
  generation: number;
}
export interface TestInterface {
  readonly name: string;
  readonly mac: string;
  xml: string;
  active: boolean;
}
export interface TestNodeDevice extends NodeDeviceSummary {
  readonly xml: string;
}

/** Everything a test connection shows: one host, held in memory. */
export class World {
  readonly listeners = new Listeners();
  readonly networks = new Map<string, TestNetwork>();
  readonly pools = new Map<string, TestPool>();
  readonly interfaces = new Map<string, TestInterface>();
  readonly nodeDevices = new Map<string, TestNodeDevice>();
  /** Interfaces as they were when a change began. */
  interfacesBefore: ReadonlyMap<string, TestInterface> | undefined;
  /** Processors a guest can be pinned to. */
  readonly pinnable = 8;
  node: NodeInfo = {
    model: 'i686',
    memoryKiB: 3_145_728,
    cpus: 16,
    mhz: 1_400,
    nodes: 2,
    sockets: 2,
    cores: 2,
    threads: 2,
  };
  readonly #domains = new Map<string, TestDomain>();
  #lastId = 0;

  get domains(): Iterable<TestDomain> {
    return this.#domains.values();
  }

  domainByUuid(uuid: string): TestDomain | undefined {
    return this.#domains.get(uuid);
  }

  domainByName(name: string): TestDomain | undefined {
    for (const domain of this.#domains.values()) if (domain.name === name) return domain;
    return undefined;
  }

  domainById(id: number): TestDomain | undefined {
    for (const domain of this.#domains.values()) if (domain.id === id) return domain;
    return undefined;
  }

  /** The domain behind a reference the kernel resolved. */
  domain({ uuid, name }: ObjectRef): TestDomain {
    const domain = this.#domains.get(uuid);
    if (domain === undefined) throw testError('NO_DOMAIN', `no domain with matching uuid '${uuid}' (${name})`);
    return domain;
  }

  /** The domain of a definition, made when it is new. Refuses a name or uuid that belongs to another. */
  enter(definition: Domain): TestDomain {
    const { name } = definition;
    const uuid = definition.uuid ?? '';
    const known = this.#domains.get(uuid);
    if (known !== undefined && known.name !== name)
      throw testError('OPERATION_FAILED', `domain '${known.name}' is already defined with uuid ${uuid}`);
    const twin = this.domainByName(name);
    if (twin !== undefined && twin !== known)
      throw testError('OPERATION_FAILED', `domain '${name}' already exists with uuid ${twin.uuid}`);
    const domain = known ?? new TestDomain(uuid, name);
    this.#domains.set(uuid, domain);
    return domain;
  }

  /** Forgets a domain that is neither active nor persistent. */
  leave(domain: TestDomain): void {
    if (!domain.active && !domain.persistent) this.#domains.delete(domain.uuid);
  }

  start(domain: TestDomain, definition: Domain, reason: string, paused: boolean): void {
    this.#lastId += 1;
    domain.id = this.#lastId;
    domain.live = structuredClone(definition);
    nameInterfaces(domain.live);
    domain.startedAt = Date.now() / 1_000;
    domain.set(paused ? 'paused' : 'running', paused ? 'user' : reason);
  }

  stop(domain: TestDomain, reason: string): void {
    domain.id = undefined;
    domain.live = undefined;
    domain.set('shutoff', reason);
    this.leave(domain);
  }

  network({ uuid, name }: ObjectRef): TestNetwork {
    const network = this.networks.get(uuid);
    if (network === undefined) throw testError('NO_NETWORK', `no network with matching uuid '${uuid}' (${name})`);
    return network;
  }

  pool({ uuid, name }: ObjectRef): TestPool {
    const pool = this.pools.get(uuid);
    if (pool === undefined)
      throw testError('NO_STORAGE_POOL', `no storage pool with matching uuid '${uuid}' (${name})`);
    return pool;
  }
}

/** Gives each interface without one the first free name. */
export function nameInterfaces({ devices }: Domain): void {
  const taken = new Set(devices.interfaces.map(({ target }) => target?.dev));
  let next = 0;
  for (const entry of devices.interfaces) {
    if (entry.target?.dev !== undefined) continue;
    while (taken.has(`testnet${next}`)) next += 1;
    entry.target = { ...entry.target, dev: `testnet${next}` };
    taken.add(entry.target.dev);
  }
}

export const refOf = ({ definition }: TestNetwork): ObjectRef => ({
  uuid: definition.uuid ?? '',
  name: definition.name,
});

export const summaryOf = (network: TestNetwork): ActivatableSummary => ({
  ref: refOf(network),
  active: network.active,
  persistent: network.persistent,
  autostart: network.autostart,
});
