import type { CheckPoint, CompletionPoint, Domain } from '@virtkit/schema';
import type { NamespaceRows, Rows } from '@virtkit/xml';

/** Private rows of status documents, by the place they stand at (`disk`, `storageSource`, …). */
export type StatusRows = Readonly<Record<string, Rows>>;

/** Common phases of completion a driver's own can be tied to, in the order they run. */
export type PhasePoint = CompletionPoint;

export interface Phase<Facts> {
  readonly at: PhasePoint;
  /** Changes the definition in place; pure apart from that. */
  apply(definition: Domain, facts: Facts): void;
}
export interface Check<Facts> {
  /** When it speaks among the common rules; default `domain`, before all that concerns single devices. */
  readonly at?: CheckPoint;
  /** Throws the error a client shall see. */
  check(definition: Domain, facts: Facts): void;
}
/** What `gather` may need to know beside the document. */
export interface GatherPurpose {
  readonly for: 'define' | 'create' | 'load' | 'convert' | 'device';
}

/** Whether the rules for new definitions apply (libvirt's ABI update); what was saved stays as it says. */
export const isNewDefinition = (purpose: GatherPurpose['for']): boolean =>
  purpose === 'define' || purpose === 'create' || purpose === 'convert';

/**
 * What one hypervisor adds to the common document. Parsing and formatting are the kernel's, from the tables of
 * `@virtkit/schema`; all phases but `gather` are pure with the facts as argument.
 */
export interface Dialect<Facts = unknown> {
  /** Elements in the driver's own namespace, at the document root. */
  readonly namespaces?: readonly NamespaceRows[];
  /** Private rows of status documents at named places. */
  readonly statusRows?: StatusRows;
  /** Virtualization types (`<domain type=…>`) this driver takes; another one is refused, naming both. */
  readonly virtTypes: readonly string[];
  /** Other types are refused by the driver's own checks, which know better why. */
  readonly judgesType?: boolean;
  /** First three bytes of generated MAC addresses; default `52:54:00`. */
  readonly macPrefix?: string;
  /** Sixteen units a SCSI bus. */
  readonly wideScsi?: boolean;
  /** Everything that needs I/O, once per document: capabilities of this emulator, firmware descriptors, volumes … */
  gather?(definition: Domain, purpose: GatherPurpose, signal: AbortSignal): Promise<Facts>;
  readonly complete?: readonly Phase<Facts>[];
  readonly validate?: readonly Check<Facts>[];
  /** What leaves the host: without implicit devices an older peer does not know. A copy, never the definition itself. */
  forMigration?(definition: Domain): Domain;
}
