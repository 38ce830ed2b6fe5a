import type { DomainFacet, DomainInfo, DomainKey, DomainRef, DomainSummary } from '@virtkit/core';
import type { Domain } from '@virtkit/schema';
import type { TestDomain } from '../world/test-domain.js';
import type { World } from '../world/world.js';

/** Finding and reading guests. */
export class TestDomains implements DomainFacet {
  constructor(private readonly world: World) {}

  list(): Promise<readonly DomainSummary[]> {
    return Promise.resolve([...this.world.domains].map((domain) => domain.summary()));
  }

  find(by: DomainKey): Promise<DomainSummary | undefined> {
    return Promise.resolve(this.#find(by)?.summary());
  }

  info(ref: DomainRef): Promise<DomainInfo> {
    const domain = this.world.domain(ref);
    const { memory, currentMemory, vcpu } = domain.current;
    const maxMemoryKiB = memory.size ?? 0;
    return Promise.resolve({
      state: domain.state,
      maxMemoryKiB,
      memoryKiB: currentMemory ?? maxMemoryKiB,
      vcpus: vcpu.current ?? vcpu.count,
      cpuTimeNs: cpuTimeNow(),
    });
  }

  definition(ref: DomainRef, which: 'current' | 'persistent'): Promise<Domain> {
    const domain = this.world.domain(ref);
    return Promise.resolve(which === 'persistent' ? (domain.config ?? domain.current) : domain.current);
  }

  /** libvirt's test driver says so of every guest. */
  osType(): Promise<string> {
    return Promise.resolve('linux');
  }

  generation(ref: DomainRef): number | undefined {
    return this.world.domainByUuid(ref.uuid)?.generation;
  }

  #find(by: DomainKey): TestDomain | undefined {
    if ('uuid' in by) return this.world.domainByUuid(by.uuid);
    return 'id' in by ? this.world.domainById(by.id) : this.world.domainByName(by.name);
  }
}

/** Nanoseconds: a guest uses one processor, and has done so since the epoch. */
export const cpuTimeNow = (): bigint => BigInt(Date.now()) * 1_000_000n;
