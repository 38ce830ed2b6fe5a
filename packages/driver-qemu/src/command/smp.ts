import type { Domain } from '@virtkit/schema';
import { has, type Section } from './context.js';
import { pairs } from './option.js';

/** `-smp`: the CPUs there are now, the most there can be, and how they are arranged. */
export const smpSection: Section = (context) => {
  const { vcpu, cpu } = context.domain;
  const current = startingCpus(context.domain);
  const topology = cpu?.topology;
  return [
    pairs(
      'smp',
      String(current),
      current !== vcpu.count && ['maxcpus', String(vcpu.count)],
      ['sockets', String(topology?.sockets ?? vcpu.count)],
      topology && has(context, 'smp-dies') && ['dies', String(topology.dies ?? 1)],
      topology && has(context, 'smp-clusters') && ['clusters', String(topology.clusters ?? 1)],
      ['cores', String(topology?.cores ?? 1)],
      ['threads', String(topology?.threads ?? 1)],
    ),
  ];
};

/** CPUs that are there at the start; others are plugged in before the guest runs. */
function startingCpus({ vcpu, vcpus }: Domain): number {
  if (!vcpus) return vcpu.current ?? vcpu.count;
  return vcpus.filter(({ enabled, hotpluggable }) => enabled && !hotpluggable).length;
}
