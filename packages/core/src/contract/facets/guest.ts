import type { Call } from '../call.js';
import type { DomainRef } from '../references.js';

export interface GuestAddress {
  readonly name: string;
  readonly mac?: string;
  readonly addresses: readonly {
    readonly family: 'ipv4' | 'ipv6';
    readonly address: string;
    readonly prefix: number;
  }[];
}
export interface GuestFilesystem {
  readonly mountpoint: string;
  readonly name: string;
  readonly type: string;
  readonly devices: readonly string[];
}

/** What needs the guest's own help: its agent, or traces it leaves on the network. */
export interface GuestFacet {
  addresses?(domain: DomainRef, source: 'lease' | 'agent' | 'arp', call: Call): Promise<readonly GuestAddress[]>;
  hostname?(domain: DomainRef, source: 'lease' | 'agent' | undefined, call: Call): Promise<string>;
  freeze?(domain: DomainRef, mountpoints: readonly string[], call: Call): Promise<number>;
  thaw?(domain: DomainRef, mountpoints: readonly string[], call: Call): Promise<number>;
  trim?(domain: DomainRef, mountpoint: string | undefined, minimumBytes: bigint, call: Call): Promise<void>;
  filesystems?(domain: DomainRef, call: Call): Promise<readonly GuestFilesystem[]>;
  time?(domain: DomainRef, call: Call): Promise<{ readonly seconds: bigint; readonly nanoseconds: number }>;
  setTime?(
    domain: DomainRef,
    time: { readonly seconds: bigint; readonly nanoseconds: number },
    options: { readonly sync?: boolean },
    call: Call,
  ): Promise<void>;
  setPassword?(
    domain: DomainRef,
    user: string,
    password: string,
    options: { readonly encrypted?: boolean },
    call: Call,
  ): Promise<void>;
  vcpus?(domain: DomainRef, call: Call): Promise<ReadonlyMap<string, string | number>>;
  setVcpus?(domain: DomainRef, vcpus: readonly number[], enabled: boolean, call: Call): Promise<void>;
  /** Typed parameters by group name (`user.count`, …). @libvirt virDomainGetGuestInfo */
  information?(
    domain: DomainRef,
    groups: readonly string[],
    call: Call,
  ): Promise<ReadonlyMap<string, string | number | bigint | boolean>>;
  setResponseTimeout?(domain: DomainRef, seconds: number, call: Call): Promise<void>;
  sshKeys?(domain: DomainRef, user: string, call: Call): Promise<readonly string[]>;
  setSshKeys?(
    domain: DomainRef,
    user: string,
    keys: readonly string[],
    options: { readonly append?: boolean; readonly remove?: boolean },
    call: Call,
  ): Promise<void>;
}
