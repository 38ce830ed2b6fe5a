import type { Call } from '../call.js';
import type { DomainRef } from '../references.js';
import type { Parameters } from './jobs.js';

/** What passes between the two hosts of a migration, opaque to everyone else. */
export interface MigrationStep {
  readonly cookie?: Uint8Array;
  readonly parameters: Parameters;
  readonly flags: readonly string[];
}
export interface MigrationReply {
  readonly cookie?: Uint8Array;
  readonly uri?: string;
  readonly xml?: string;
  readonly domain?: DomainRef;
}
/** The five phases of protocol 3; the kernel serves the older protocols from them where that is possible. */
export interface MigrationFacet {
  begin?(domain: DomainRef, step: MigrationStep, call: Call): Promise<MigrationReply>;
  prepare?(step: MigrationStep, call: Call): Promise<MigrationReply>;
  prepareTunnel?(step: MigrationStep, chunks: AsyncIterable<Uint8Array>, call: Call): Promise<MigrationReply>;
  perform?(domain: DomainRef, step: MigrationStep, call: Call): Promise<MigrationReply>;
  finish?(step: MigrationStep & { readonly cancelled: boolean }, call: Call): Promise<MigrationReply>;
  confirm?(domain: DomainRef, step: MigrationStep & { readonly cancelled: boolean }, call: Call): Promise<void>;
  startPostCopy?(domain: DomainRef, call: Call): Promise<void>;
  maxDowntime?(domain: DomainRef, call: Call): Promise<bigint>;
  setMaxDowntime?(domain: DomainRef, ms: bigint, call: Call): Promise<void>;
  maxSpeed?(domain: DomainRef, options: { readonly postcopy?: boolean }, call: Call): Promise<bigint>;
  setMaxSpeed?(
    domain: DomainRef,
    mibPerSecond: bigint,
    options: { readonly postcopy?: boolean },
    call: Call,
  ): Promise<void>;
  compressionCache?(domain: DomainRef, call: Call): Promise<bigint>;
  setCompressionCache?(domain: DomainRef, bytes: bigint, call: Call): Promise<void>;
  /** The first protocol's phases, whose drivers (ESX, Xen) have no others. @libvirt virDomainMigratePrepare */
  legacyPrepare?(step: MigrationStep, call: Call): Promise<MigrationReply>;
  legacyPerform?(domain: DomainRef, step: MigrationStep, call: Call): Promise<void>;
  legacyFinish?(step: MigrationStep, call: Call): Promise<DomainRef>;
}
