import type { Network, NetworkPort } from '@virtkit/schema';
import type { Call } from '../call.js';
import type { ActivatableSummary, ObjectRef } from '../references.js';
import type { MetadataChange } from './domain.js';
import type { Parameters } from './jobs.js';

export type NetworkSummary = ActivatableSummary;
export interface DhcpLease {
  readonly interface: string;
  /** Seconds since the epoch. */
  readonly expiry: bigint;
  readonly family: 'ipv4' | 'ipv6';
  readonly mac?: string;
  readonly iaid?: string;
  readonly address: string;
  readonly prefix: number;
  readonly hostname?: string;
  readonly clientId?: string;
}
export type NetworkSection =
  | 'bridge'
  | 'domain'
  | 'ip'
  | 'ip-dhcp-host'
  | 'ip-dhcp-range'
  | 'forward'
  | 'forward-interface'
  | 'forward-pf'
  | 'portgroup'
  | 'dns-host'
  | 'dns-txt'
  | 'dns-srv';
export interface NetworkUpdate {
  readonly command: 'modify' | 'delete' | 'add-last' | 'add-first';
  readonly section: NetworkSection;
  /** Which of several parents (the n-th `<ip>`); −1: the one that fits. */
  readonly parentIndex: number;
  readonly xml: string;
}

/** Virtual networks and their ports. */
export interface NetworkFacet {
  list(call: Call): Promise<readonly NetworkSummary[]>;
  /** Absent: the kernel searches the list. */
  find?(by: { readonly uuid: string } | { readonly name: string }, call: Call): Promise<NetworkSummary | undefined>;
  definition(network: ObjectRef, which: 'current' | 'persistent', call: Call): Promise<Network>;
  bridgeName?(network: ObjectRef, call: Call): Promise<string>;
  define?(definition: Network, call: Call): Promise<ObjectRef>;
  undefine?(network: ObjectRef, call: Call): Promise<void>;
  createTransient?(definition: Network, call: Call): Promise<ObjectRef>;
  start?(network: ObjectRef, call: Call): Promise<void>;
  stop?(network: ObjectRef, call: Call): Promise<void>;
  setAutostart?(network: ObjectRef, value: boolean, call: Call): Promise<void>;
  update?(
    network: ObjectRef,
    change: NetworkUpdate,
    target: { readonly live?: boolean; readonly config?: boolean },
    call: Call,
  ): Promise<void>;
  leases?(network: ObjectRef, mac: string | undefined, call: Call): Promise<readonly DhcpLease[]>;
  setMetadata?(
    network: ObjectRef,
    metadata: MetadataChange,
    target: { readonly live?: boolean; readonly config?: boolean },
    call: Call,
  ): Promise<void>;
  /** Throws `OPERATION_INVALID` for an inactive network. */
  ports?(network: ObjectRef, call: Call): Promise<readonly NetworkPort[]>;
  createPort?(network: ObjectRef, port: NetworkPort, call: Call): Promise<NetworkPort>;
  deletePort?(network: ObjectRef, uuid: string, call: Call): Promise<void>;
  portParameters?(network: ObjectRef, uuid: string, call: Call): Promise<Parameters>;
  setPortParameters?(network: ObjectRef, uuid: string, values: Parameters, call: Call): Promise<void>;
  generation?(network: ObjectRef): number | undefined;
}
