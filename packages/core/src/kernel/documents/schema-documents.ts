import { randomUUID } from 'node:crypto';
import {
  completeGraphics,
  type Domain,
  domainPieces,
  domainTextPieces,
  errorOrigins,
  formatDomain,
  formatStoragePool,
  formatStorageVolume,
  invalidDocument,
  type Network,
  network,
  type NetworkPort,
  networkPort,
  opaque,
  parseDomain,
  type StoragePool,
  type StorageVolume,
  storagePoolPieces,
  storageVolumePieces,
} from '@virtkit/schema';
import {
  checkPieces,
  documentPieces,
  elementPieces,
  type ElementType,
  type Extensions,
  formatElement,
  formatPieces,
  type Pieces,
  type WriteContext,
  violationPieces,
} from '@virtkit/xml';
import type { Answer } from '../../contract/answer.js';
import type { Device } from '../../contract/device.js';
import type { Dialect, GatherPurpose } from '../../contract/dialect.js';
import type { MetadataChange } from '../../contract/facets/domain.js';
import { type DomainSnapshot, domainSnapshot } from '../../contract/domain-snapshot.js';
import { completeDevice, devicePieces } from './device-document.js';
import { prepareDefinition } from './domain-phases.js';
import { Slices } from '../../slices/slices.js';
import { metadataPieces, type MetadataRequest } from './metadata.js';
import type { Documents, DomainFormat, ParseOptions } from './documents.js';

const origins = {
  network: errorOrigins.NETWORK.number,
  networkport: errorOrigins.NETWORK.number,
  domainsnapshot: errorOrigins.DOMAIN_SNAPSHOT.number,
};

/** Documents through the tables of `@virtkit/schema` and one driver's dialect. */
export class SchemaDocuments implements Documents {
  readonly #extensions: Extensions;
  readonly #slices = new Slices();

  constructor(private readonly dialect: Dialect) {
    this.#extensions = { namespaces: dialect.namespaces, places: dialect.statusRows };
  }

  async domain(
    xml: string,
    purpose: GatherPurpose['for'],
    options: ParseOptions,
    signal: AbortSignal,
  ): Promise<Domain> {
    const pieces = domainPieces(xml, { extensions: this.#extensions, strict: options.validate === true });
    const parsed = await this.#slices.run(pieces, signal);
    return prepareDefinition(parsed, this.dialect, purpose, { slices: this.#slices, signal });
  }

  prepareDomain(definition: Domain, purpose: GatherPurpose['for'], signal: AbortSignal): Promise<Domain> {
    return prepareDefinition(structuredClone(definition), this.dialect, purpose, { slices: this.#slices, signal });
  }

  formatDomain(definition: Domain, { live, running, id, secure, migratable }: DomainFormat): Answer<string> {
    const stable = running === true && !live ? this.#withoutRun(definition) : definition;
    const shown = migratable === true ? (this.dialect.forMigration?.(stable) ?? stable) : stable;
    const context = { live, secure: secure === true, migratable: migratable === true, extensions: this.#extensions };
    return this.#slices.run(domainTextPieces(live && id !== undefined ? { ...shown, id } : shown, context));
  }

  /** As libvirt copies a running definition: through its document, read as an inactive one. */
  #withoutRun(definition: Domain): Domain {
    const text = formatDomain(definition, { live: true, secure: true, extensions: this.#extensions });
    const copy = parseDomain(text, { extensions: this.#extensions });
    for (const graphics of copy.devices.graphics) completeGraphics(graphics, { live: false });
    return copy;
  }

  metadata(request: MetadataRequest, signal: AbortSignal): Answer<MetadataChange> {
    return this.#slices.run(metadataPieces(request), signal);
  }

  async device(
    xml: string,
    _guest: Domain,
    options: { readonly isNew: boolean },
    signal: AbortSignal,
  ): Promise<Device> {
    const device = await this.#slices.run(devicePieces(xml, { extensions: this.#extensions }), signal);
    completeDevice(device, this.dialect, options);
    return device;
  }

  async snapshot(xml: string, _guest: Domain, options: ParseOptions, signal: AbortSignal): Promise<DomainSnapshot> {
    const pieces = readStrictly('domainsnapshot', domainSnapshot, xml, options, { extensions: this.#extensions });
    return this.#slices.run(pieces, signal);
  }

  formatSnapshot(definition: DomainSnapshot, options: { readonly secure?: boolean }): Answer<string> {
    const context = { secure: options.secure === true, extensions: this.#extensions };
    return this.#slices.run(formatPieces(domainSnapshot, definition, context));
  }

  async pool(xml: string, options: ParseOptions, signal: AbortSignal): Promise<StoragePool> {
    return this.#slices.run(storagePoolPieces(xml, { strict: options.validate === true }), signal);
  }

  formatPool(definition: StoragePool): string {
    return formatStoragePool(definition);
  }

  async volume(
    xml: string,
    pool: StoragePool,
    { validate, copy }: ParseOptions & { readonly copy?: boolean },
    signal: AbortSignal,
  ): Promise<StorageVolume> {
    const options = { strict: validate === true, sizeOptional: copy === true };
    return this.#slices.run(storageVolumePieces(xml, pool.type, options), signal);
  }

  formatVolume(definition: StorageVolume, _pool: StoragePool): string {
    return formatStorageVolume(definition);
  }

  async network(xml: string, options: ParseOptions, signal: AbortSignal): Promise<Network> {
    const parsed = await this.#slices.run(readStrictly('network', network, xml, options), signal);
    return parsed.uuid === undefined ? { ...parsed, uuid: randomUUID() } : parsed;
  }

  formatNetwork(definition: Network, options: { readonly inactive?: boolean }): Answer<string> {
    return this.#slices.run(formatPieces(network, definition, { live: options.inactive !== true }));
  }

  async networkPort(xml: string, options: ParseOptions, signal: AbortSignal): Promise<NetworkPort> {
    return this.#slices.run(readStrictly('networkport', networkPort, xml, options), signal);
  }

  formatNetworkPort(definition: NetworkPort): string {
    return formatElement(networkPort, definition);
  }
}

/** Reads a document; with `--validate` names no table knows are refused. */
function* readStrictly<T>(
  kind: keyof typeof origins,
  type: ElementType<T>,
  xml: string,
  { validate }: ParseOptions,
  context: WriteContext = {},
): Pieces<T> {
  const document = yield* documentPieces(xml, { origin: origins[kind], opaque });
  if (validate === true) {
    const problems = [...(yield* checkPieces(type, document)), ...(yield* violationPieces(type, document, context))];
    if (problems.length > 0) throw invalidDocument(kind, problems);
  }
  return yield* elementPieces(type, document, context);
}
