import { availableParallelism } from 'node:os';
import type { Call, DomainRef, Parameters, Target, TuningFacet, TuningGroup } from '@virtkit/core';
import type { Domain } from '@virtkit/schema';
import { parseCpuList } from '@virtkit/host';
import { virtError } from '../../errors.js';
import { guestOf } from '../../guests/find-guest.js';
import type { QemuServices } from '../../guests/services.js';
import { effectiveTarget } from '../targets.js';

/** What each group would need of the host. */
const controllers: Readonly<Record<TuningGroup, string>> = {
  scheduler: 'cgroup CPU controller is not mounted',
  memory: 'cgroup memory controller is not mounted',
  numa: 'cgroup cpuset controller is not mounted',
  blkio: "blkio cgroup isn't mounted",
  perf: 'perf events are not enabled for this guest',
};

/** Guests are not put into cgroups yet, so only what the definition itself says can be read. */
export class QemuTuning implements TuningFacet {
  readonly #services: QemuServices;

  constructor(services: QemuServices) {
    this.#services = services;
  }

  async read(domain: DomainRef, group: TuningGroup, target: Target, _call: Call): Promise<Parameters> {
    effectiveTarget(guestOf(this.#services, domain), target);
    throw virtError('OPERATION_INVALID', controllers[group]);
  }

  async vcpuPins(domain: DomainRef, target: Target, _call: Call): Promise<readonly (readonly boolean[])[]> {
    const definition = this.#definition(domain, target);
    const pins = new Map(definition.cputune?.vcpupins.map(({ vcpu, cpuset }) => [vcpu, cpuset]));
    return Array.from({ length: definition.vcpu.count }, (_value, vcpu) =>
      mapOf(pins.get(vcpu) ?? definition.vcpu.cpuset),
    );
  }

  async emulatorPin(domain: DomainRef, target: Target, _call: Call): Promise<readonly boolean[]> {
    const definition = this.#definition(domain, target);
    return mapOf(definition.cputune?.emulatorpin?.cpuset ?? definition.vcpu.cpuset);
  }

  #definition(domain: DomainRef, target: Target): Domain {
    const guest = guestOf(this.#services, domain);
    const { config } = effectiveTarget(guest, target);
    return config ? (guest.config() ?? guest.current()) : guest.current();
  }
}

/** Without a set every processor counts. */
function mapOf(cpuset: string | undefined): readonly boolean[] {
  const set = cpuset === undefined ? undefined : new Set(parseCpuList(cpuset));
  return Array.from({ length: availableParallelism() }, (_value, cpu) => set?.has(cpu) ?? true);
}
