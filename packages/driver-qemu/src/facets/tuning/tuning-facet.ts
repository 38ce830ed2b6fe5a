import type { Call, DomainRef, Parameters, Target, TuningFacet, TuningGroup } from '@virtkit/core';
import type { Domain } from '@virtkit/schema';
import type { Cgroups, Controller } from '@virtkit/host';
import { virtError } from '../../errors.js';
import { guestOf } from '../../guests/find-guest.js';
import type { Guest } from '../../guests/guest.js';
import type { QemuServices } from '../../guests/services.js';
import { inEffect } from '../../tuning/group-values.js';
import { limits } from '../../tuning/limits.js';
import { emulatorCpus, hostFlags, vcpuCpus } from '../../tuning/thread-cpus.js';
import { addWords, definedValues } from '../../tuning/values.js';
import { effectiveTarget } from '../targets.js';

/** What a control group must have to tell of a running guest, and the words where it has not. */
interface Need {
  readonly controller: Controller;
  readonly words: string;
}
const needs: Readonly<Record<Exclude<TuningGroup, 'perf'>, Need>> = {
  scheduler: { controller: 'cpu', words: 'cgroup CPU controller is not mounted' },
  memory: { controller: 'memory', words: 'cgroup memory controller is not mounted' },
  numa: { controller: 'cpuset', words: 'cgroup cpuset controller is not mounted' },
  blkio: { controller: 'blkio', words: "blkio cgroup isn't mounted" },
};

/** What bounds guests: in their definitions, and in the control groups of those that run. */
export class QemuTuning implements TuningFacet {
  readonly #services: QemuServices;

  constructor(services: QemuServices) {
    this.#services = services;
  }

  async schedulerType(domain: DomainRef, _call: Call): Promise<{ readonly type: string; readonly parameters: number }> {
    const guest = guestOf(this.#services, domain);
    this.#refuseInSession('scheduler');
    if (guest.active) this.#group(guest, needs.scheduler);
    return { type: 'posix', parameters: limits.filter(({ group }) => group === 'scheduler').length };
  }

  async read(domain: DomainRef, group: TuningGroup, target: Target, _call: Call): Promise<Parameters> {
    const guest = guestOf(this.#services, domain);
    this.#refuseInSession(group);
    const { live } = effectiveTarget(guest, target);
    if (!live) return definedValues(guest.config() ?? guest.current(), group);
    const values = new Map<string, number | bigint | string | boolean>();
    if (group !== 'perf') {
      const { groups, path } = this.#group(guest, needs[group]);
      for (const limit of limits)
        if (limit.group === group) values.set(limit.name, await inEffect(groups, path, limit));
    }
    return addWords(values, { ...guest.current(), perf: undefined }, group); // nothing opens events of a guest
  }

  #refuseInSession(group: TuningGroup): void {
    const kind = sessionKinds[group];
    if (this.#services.session && kind !== undefined)
      throw virtError('OPERATION_UNSUPPORTED', `${kind} tuning is not available in session mode`);
  }

  #group(guest: Guest, { controller, words }: Need): { readonly groups: Cgroups; readonly path: string } {
    const groups = this.#services.cgroups;
    const path = guest.runtime?.resources.group;
    const mounted = groups?.mounts.version === 2 || groups?.mounts.folders.has(controller) === true;
    if (groups === undefined || !mounted || path === undefined) throw virtError('OPERATION_INVALID', words);
    return { groups, path };
  }

  async vcpuPins(domain: DomainRef, target: Target, _call: Call): Promise<readonly (readonly boolean[])[]> {
    const definition = this.#definition(domain, target);
    return Array.from({ length: definition.vcpu.count }, (_value, vcpu) => hostFlags(vcpuCpus(definition, vcpu)));
  }

  async emulatorPin(domain: DomainRef, target: Target, _call: Call): Promise<readonly boolean[]> {
    const definition = this.#definition(domain, target);
    return hostFlags(emulatorCpus(definition));
  }

  #definition(domain: DomainRef, target: Target): Domain {
    const guest = guestOf(this.#services, domain);
    const { config } = effectiveTarget(guest, target);
    return config ? (guest.config() ?? guest.current()) : guest.current();
  }
}

const sessionKinds: Readonly<Partial<Record<TuningGroup, string>>> = {
  scheduler: 'CPU',
  memory: 'Memory',
  blkio: 'Block I/O',
};
