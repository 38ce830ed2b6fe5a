import type { AnyCallRow } from '@virtkit/protocol';
import type { ErrorOrigin } from '@virtkit/schema';

/** Which part of libvirt reports an error of a call, by the kind of object its access rule is about. */
const origins: Readonly<Record<string, ErrorOrigin>> = {
  domain: 'DOMAIN',
  network: 'NETWORK',
  network_port: 'NETWORK',
  storage_pool: 'STORAGE',
  storage_vol: 'STORAGE',
  interface: 'INTERFACE',
  node_device: 'NODEDEV',
  secret: 'SECRET',
  nwfilter: 'NWFILTER',
  nwfilter_binding: 'NWFILTER',
};

export function originOf({ acl = [] }: Pick<AnyCallRow, 'acl'>, api: string): ErrorOrigin {
  if (api.includes('Snapshot')) return 'DOMAIN_SNAPSHOT';
  if (api.includes('Checkpoint')) return 'DOMAIN_CHECKPOINT';
  const [first] = acl;
  const permission = typeof first === 'object' ? first.permission : (first ?? '');
  return origins[permission.split(':')[0] ?? ''] ?? 'NONE';
}
