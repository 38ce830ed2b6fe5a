import type { Identity } from '../../contract/call.js';
import type { Permission } from './rule.js';

export type AccessObjectKind =
  | 'connect'
  | 'domain'
  | 'network'
  | 'network-port'
  | 'storage-pool'
  | 'storage-vol'
  | 'interface'
  | 'node-device'
  | 'secret'
  | 'nwfilter'
  | 'nwfilter-binding';

/** What a rule decides about: the object as the kernel resolved it, never as the client named it. */
export interface AccessSubject {
  readonly permission: Permission;
  /** The driver's scheme: `qemu`. */
  readonly driver: string;
  readonly kind: AccessObjectKind;
  /** Absent for the connection itself. */
  readonly name?: string;
  readonly uuid?: string;
  /** Of a volume. */
  readonly pool?: string;
  /** The public function the client called. */
  readonly function: string;
}

/** The rules of a daemon. Read-only connections are limited before any rule is asked. */
export interface AccessPolicy {
  /** Never throws for a denial; a rejection means the rule could not be decided and counts as one. */
  allows(identity: Identity, subject: AccessSubject): boolean | Promise<boolean>;
}
