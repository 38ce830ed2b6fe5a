import { has, type Section } from './context.js';
import { pairs } from './option.js';

/** `-smp`: the CPUs there are now, the most there can be, and how they are arranged. */
export const smpSection: Section = (context) => {
  const { vcpu, cpu } = context.domain;
  const current = vcpu.current ?? vcpu.count;
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
