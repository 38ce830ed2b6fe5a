import type { Call } from '../call.js';
import type { DomainSnapshot } from '../domain-snapshot.js';
import type { DomainRef } from '../references.js';

export interface SnapshotNode {
  readonly name: string;
  readonly parent?: string;
  readonly current: boolean;
  readonly external: boolean;
  readonly hasMetadata: boolean;
  readonly state?: 'inactive' | 'active' | 'disk-only';
}
export interface SnapshotOptions {
  readonly diskOnly?: boolean;
  readonly quiesce?: boolean;
  readonly atomic?: boolean;
  readonly reuseExternal?: boolean;
  readonly redefine?: boolean;
  readonly current?: boolean;
  readonly live?: boolean;
  readonly halt?: boolean;
  readonly noMetadata?: boolean;
  readonly validate?: boolean;
}
/** The tree in one piece; filters, parents, children, current and counts are the kernel's. */
export interface SnapshotFacet {
  list(domain: DomainRef, call: Call): Promise<readonly SnapshotNode[]>;
  definition(domain: DomainRef, name: string, call: Call): Promise<DomainSnapshot>;
  create(domain: DomainRef, definition: DomainSnapshot, options: SnapshotOptions, call: Call): Promise<SnapshotNode>;
  revert?(
    domain: DomainRef,
    name: string,
    options: {
      readonly run?: boolean;
      readonly pause?: boolean;
      readonly force?: boolean;
      readonly resetNvram?: boolean;
    },
    call: Call,
  ): Promise<void>;
  delete?(
    domain: DomainRef,
    name: string,
    options: { readonly children?: 'also' | 'only'; readonly metadataOnly?: boolean },
    call: Call,
  ): Promise<void>;
}

export interface CheckpointNode {
  readonly name: string;
  readonly parent?: string;
}
export interface CheckpointFacet {
  list(domain: DomainRef, call: Call): Promise<readonly CheckpointNode[]>;
  /** The document; with `size`, bytes per disk are asked of the hypervisor. */
  definition(
    domain: DomainRef,
    name: string,
    options: { readonly size?: boolean; readonly noDomain?: boolean; readonly secure?: boolean },
    call: Call,
  ): Promise<string>;
  create?(
    domain: DomainRef,
    xml: string,
    options: { readonly redefine?: boolean; readonly quiesce?: boolean; readonly redefineValidate?: boolean },
    call: Call,
  ): Promise<CheckpointNode>;
  delete?(
    domain: DomainRef,
    name: string,
    options: { readonly children?: 'also' | 'only'; readonly metadataOnly?: boolean },
    call: Call,
  ): Promise<void>;
}
export interface BackupFacet {
  begin(
    domain: DomainRef,
    xml: string,
    checkpointXml: string | undefined,
    options: { readonly reuseExternal?: boolean },
    call: Call,
  ): Promise<void>;
  definition(domain: DomainRef, call: Call): Promise<string>;
}
