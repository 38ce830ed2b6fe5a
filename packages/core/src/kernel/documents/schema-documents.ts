import { randomUUID } from 'node:crypto';
import {
  type Capabilities,
  type Device,
  type Domain,
  type DomainCapabilities,
  type DomainSnapshot,
  errorsFrom,
  formatStoragePool,
  formatStorageVolume,
  InternalError,
  type Network,
  network,
  type NetworkPort,
  networkPort,
  parseStoragePool,
  parseStorageVolume,
  type StoragePool,
  type StorageVolume,
  storagePool,
  storageVolume,
} from '@virtkit/schema';
import { checkElement, type ElementType, formatElement, parseElement } from '@virtkit/xml';
import type { Dialect, GatherPurpose } from '../../contract/dialect.js';
import type { DriverIdentity } from '../session/pipeline.js';
import type { Documents, DomainFormat, ParseOptions } from './documents.js';

/** Documents through the tables of `@virtkit/schema` and one driver's dialect. */
export class SchemaDocuments implements Documents {
  constructor(
    private readonly dialect: Dialect,
    private readonly identity: DriverIdentity,
  ) {}

  domain(_xml: string, _purpose: GatherPurpose['for'], _options: ParseOptions, _signal: AbortSignal): Promise<Domain> {
    throw this.#pending();
  }
  prepareDomain(_definition: Domain, _purpose: GatherPurpose['for'], _signal: AbortSignal): Promise<Domain> {
    throw this.#pending();
  }
  formatDomain(_definition: Domain, _format: DomainFormat): string {
    throw this.#pending();
  }
  device(_xml: string, _domain: Domain, _options: ParseOptions, _signal: AbortSignal): Promise<Device> {
    throw this.#pending();
  }
  snapshot(_xml: string, _domain: Domain, _options: ParseOptions): DomainSnapshot {
    throw this.#pending();
  }
  formatSnapshot(_definition: DomainSnapshot, _options: { readonly secure?: boolean }): string {
    throw this.#pending();
  }
  formatCapabilities(_capabilities: Capabilities): string {
    throw this.#pending();
  }
  formatDomainCapabilities(_capabilities: DomainCapabilities): string {
    throw this.#pending();
  }

  pool(xml: string, options: ParseOptions): StoragePool {
    strict(storagePool, xml, options);
    return parseStoragePool(xml);
  }

  formatPool(definition: StoragePool): string {
    return formatStoragePool(definition);
  }

  volume(xml: string, pool: StoragePool, options: ParseOptions): StorageVolume {
    strict(storageVolume, xml, options);
    return parseStorageVolume(xml, pool.type);
  }

  formatVolume(definition: StorageVolume, _pool: StoragePool): string {
    return formatStorageVolume(definition);
  }

  network(xml: string, options: ParseOptions): Network {
    strict(network, xml, options);
    const parsed = parseElement(network, xml);
    return parsed.uuid === undefined ? { ...parsed, uuid: randomUUID() } : parsed;
  }

  formatNetwork(definition: Network, options: { readonly inactive?: boolean }): string {
    return formatElement(network, definition, { live: options.inactive !== true });
  }

  networkPort(xml: string, options: ParseOptions): NetworkPort {
    strict(networkPort, xml, options);
    return parseElement(networkPort, xml);
  }

  formatNetworkPort(definition: NetworkPort): string {
    return formatElement(networkPort, definition);
  }

  #pending(): Error {
    return new InternalError(
      `domain documents of ${this.identity.name} (${this.dialect.virtTypes.join()}) are not wired yet`,
    );
  }
}

/** `--validate`: names no table knows. */
function strict<T>(type: ElementType<T>, xml: string, { validate }: ParseOptions): void {
  if (validate !== true) return;
  const problems = checkElement(type, xml).map(({ text, line }) => `${text} (line ${line})`);
  if (problems.length > 0) throw errorsFrom('XML')('XML_INVALID_SCHEMA', problems.join('\n'));
}
