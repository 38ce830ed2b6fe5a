import type { Parameters } from '@virtkit/core';
import type { Bandwidth } from '@virtkit/schema';

const rates = ['average', 'peak', 'floor', 'burst'] as const;

/** The limits of a port by libvirt's names, absent ones as 0. @libvirt virNetworkPortGetParameters */
export function portParameters(bandwidth: Bandwidth | undefined): Parameters {
  const values = new Map<string, number>();
  const { inbound, outbound } = bandwidth ?? {};
  for (const name of ['average', 'peak', 'floor', 'burst'] as const)
    values.set(`inbound.${name}`, Number(inbound?.[name] ?? 0));
  for (const name of rates) if (name !== 'floor') values.set(`outbound.${name}`, Number(outbound?.[name] ?? 0));
  return values;
}
