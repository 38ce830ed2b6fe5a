import { randomUUID } from 'node:crypto';
import {
  completeGraphics,
  type Domain,
  errorOrigins,
  formatDomain,
  formatStoragePool,
  formatStorageVolume,
  invalidDocument,
  type Network,
  network,
  type NetworkPort,
  networkPort,
  parseDomain,
  parseStoragePool,
  parseStorageVolume,
  type StoragePool,
  type StorageVolume,
} from '@virtkit/schema';
import { checkElement, type ElementType, type Extensions, formatElement, parseElement } from '@virtkit/xml';
import type { Device } from '../../contract/device.js';
import type { Dialect, GatherPurpose } from '../../contract/dialect.js';
import { type DomainSnapshot, domainSnapshot } from '../../contract/domain-snapshot.js';
import { completeDevice, parseDevice } from './device-document.js';
import { prepareDefinition } from './domain-phases.js';
import type { Documents, DomainFormat, ParseOptions } from './documents.js';

const origins = {
  network: errorOrigins.NETWORK.number,
  networkport: errorOrigins.NETWORK.number,
  domainsnapshot: errorOrigins.DOMAIN_SNAPSHOT.number,
};

/** Documents through the tables of `@virtkit/schema` and one driver's dialect. */
export class SchemaDocuments implements Documents {
  readonly #extensions: Extensions;

  constructor(private readonly dialect: Dialect) {
    this.#extensions = { namespaces: dialect.namespaces, places: dialect.statusRows };
  }

  async domain(
    xml: string,
    purpose: GatherPurpose['for'],
    options: ParseOptions,
    signal: AbortSignal,
  ): Promise<Domain> {
    const parsed = parseDomain(xml, { extensions: this.#extensions, strict: options.validate === true });
    return prepareDefinition(parsed, this.dialect, purpose, signal);
  }

  prepareDomain(definition: Domain, purpose: GatherPurpose['for'], signal: AbortSignal): Promise<Domain> {
    return prepareDefinition(structuredClone(definition), this.dialect, purpose, signal);
  }

  formatDomain(definition: Domain, { live, running, id, secure, migratable }: DomainFormat): string {
    const stable = running === true && !live ? this.#withoutRun(definition) : definition;
    const shown = migratable === true ? (this.dialect.forMigration?.(stable) ?? stable) : stable;
    const context = { live, secure: secure === true, migratable: migratable === true, extensions: this.#extensions };
    return formatDomain(live && id !== undefined ? { ...shown, id } : shown, context);
  }

  /** As libvirt copies a running definition: through its document, read as an inactive one. */
  #withoutRun(definition: Domain): Domain {
    const text = formatDomain(definition, { live: true, secure: true, extensions: this.#extensions });
    const copy = parseDomain(text, { extensions: this.#extensions });
    for (const graphics of copy.devices.graphics) completeGraphics(graphics, { live: false });
    return copy;
  }

  device(xml: string, guest: Domain): Device {
    const device = parseDevice(xml, { extensions: this.#extensions });
    completeDevice(device, guest, this.dialect);
    return device;
  }

  snapshot(xml: string, _guest: Domain, options: ParseOptions): DomainSnapshot {
    strict('domainsnapshot', domainSnapshot, xml, options);
    return parseElement(domainSnapshot, xml, { extensions: this.#extensions });
  }

  formatSnapshot(definition: DomainSnapshot, options: { readonly secure?: boolean }): string {
    return formatElement(domainSnapshot, definition, { secure: options.secure === true, extensions: this.#extensions });
  }

  pool(xml: string, options: ParseOptions): StoragePool {
    return parseStoragePool(xml, { strict: options.validate === true });
  }

  formatPool(definition: StoragePool): string {
    return formatStoragePool(definition);
  }

  volume(xml: string, pool: StoragePool, options: ParseOptions & { readonly copy?: boolean }): StorageVolume {
    return parseStorageVolume(xml, pool.type, {
      strict: options.validate === true,
      sizeOptional: options.copy === true,
    });
  }

  formatVolume(definition: StorageVolume, _pool: StoragePool): string {
    return formatStorageVolume(definition);
  }

  network(xml: string, options: ParseOptions): Network {
    strict('network', network, xml, options);
    const parsed = parseElement(network, xml, { origin: origins.network });
    return parsed.uuid === undefined ? { ...parsed, uuid: randomUUID() } : parsed;
  }

  formatNetwork(definition: Network, options: { readonly inactive?: boolean }): string {
    return formatElement(network, definition, { live: options.inactive !== true });
  }

  networkPort(xml: string, options: ParseOptions): NetworkPort {
    strict('networkport', networkPort, xml, options);
    return parseElement(networkPort, xml, { origin: origins.network });
  }

  formatNetworkPort(definition: NetworkPort): string {
    return formatElement(networkPort, definition);
  }
}

/** `--validate`: names no table knows. */
function strict<T>(kind: keyof typeof origins, type: ElementType<T>, xml: string, { validate }: ParseOptions): void {
  if (validate !== true) return;
  const problems = checkElement(type, xml, { origin: origins[kind] });
  if (problems.length > 0) throw invalidDocument(kind, problems);
}
