import type { Domain, Network, NetworkPort, StoragePool, StorageVolume } from '@virtkit/schema';
import type { Answer } from '../../contract/answer.js';
import type { Device } from '../../contract/device.js';
import type { MetadataChange } from '../../contract/facets/domain.js';
import type { MetadataRequest } from './metadata.js';
import type { DomainSnapshot } from '../../contract/domain-snapshot.js';
import type { GatherPurpose } from '../../contract/dialect.js';

export interface ParseOptions {
  /** Refuses elements and attributes no table knows. @libvirt VIR_DOMAIN_DEFINE_VALIDATE */
  readonly validate?: boolean;
}
export interface DomainFormat {
  /** With run-time facts: id, aliases, target names. */
  readonly live: boolean;
  /** The definition is that of a running guest; shown without `live`, what belongs to this run is taken out. */
  readonly running?: boolean;
  /** The number of a running domain, printed in the root element. */
  readonly id?: number;
  readonly secure?: boolean;
  /** @libvirt VIR_DOMAIN_XML_MIGRATABLE */
  readonly migratable?: boolean;
}

/**
 * Text to definition and back, for one driver: common phases, then the driver's own. A long document holds nobody else
 * up; a signal that is aborted ends the work on it.
 */
export interface Documents {
  /** Parse, gather, complete, validate. */
  domain(xml: string, purpose: GatherPurpose['for'], options: ParseOptions, signal: AbortSignal): Promise<Domain>;
  /** The phases after parsing, for a definition built in a program. */
  prepareDomain(definition: Domain, purpose: GatherPurpose['for'], signal: AbortSignal): Promise<Domain>;
  formatDomain(definition: Domain, format: DomainFormat): Answer<string>;
  metadata(request: MetadataRequest, signal: AbortSignal): Answer<MetadataChange>;
  /** One device of a domain, with the common rules for devices applied. `isNew`: it is to be added, not to be found. */
  device(xml: string, domain: Domain, options: { readonly isNew: boolean }, signal: AbortSignal): Promise<Device>;
  snapshot(
    xml: string,
    domain: Domain,
    options: ParseOptions & { readonly redefine?: boolean },
    signal: AbortSignal,
  ): Promise<DomainSnapshot>;
  formatSnapshot(definition: DomainSnapshot, options: { readonly secure?: boolean }): Answer<string>;
  pool(xml: string, options: ParseOptions, signal: AbortSignal): Promise<StoragePool>;
  formatPool(definition: StoragePool): string;
  /** `copy`: the document is of a copy of another volume and may leave the size to it. */
  volume(
    xml: string,
    pool: StoragePool,
    options: ParseOptions & { readonly copy?: boolean },
    signal: AbortSignal,
  ): Promise<StorageVolume>;
  formatVolume(definition: StorageVolume, pool: StoragePool): string;
  network(xml: string, options: ParseOptions, signal: AbortSignal): Promise<Network>;
  formatNetwork(definition: Network, options: { readonly inactive?: boolean }): Answer<string>;
  networkPort(xml: string, options: ParseOptions, signal: AbortSignal): Promise<NetworkPort>;
  formatNetworkPort(definition: NetworkPort): string;
}
