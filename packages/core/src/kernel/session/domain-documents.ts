import type { Domain } from '@virtkit/schema';
import { after, type Answer, answered } from '../../contract/answer.js';
import type { DomainSummary, Target } from '../../contract/references.js';
import { Document } from '../documents/document.js';
import { readMetadata, type MetadataQuery } from '../documents/metadata.js';
import { notRunning } from '../errors.js';
import { refuseUnknownBits } from './accept.js';
import type { DomainHandle } from './pipeline.js';
import type { SessionParts } from './session-parts.js';
import type { Via } from './via.js';

/** @libvirt virDomainXMLFlags */
export interface DomainXmlOptions {
  /** The persistent definition, without run-time facts. */
  readonly inactive?: boolean;
  /** With passwords; refused to read-only connections. */
  readonly secure?: boolean;
  /** Accepted and without effect: the document always shows the guest's processor as it is. */
  readonly updateCpu?: boolean;
  /** Without what an older peer does not know. */
  readonly migratable?: boolean;
}

/** Formatted documents of domains, each made once per generation of the domain. */
export class DomainDocuments {
  constructor(private readonly parts: SessionParts) {}

  read(handle: DomainHandle, options: DomainXmlOptions, via: Via | undefined): Answer<Document> {
    const { pipeline } = this.parts;
    const name = via?.function ?? 'virDomainGetXMLDesc';
    return answered(() => {
      pipeline.refuseReadOnly(name, options);
      refuseUnknownBits(pipeline.driver, via, name);
      return after(
        pipeline.permitted(pipeline.resolveDomain(handle), name, options),
        (summary) => this.#cached(summary, options) ?? this.#format(summary, options, via),
      );
    });
  }

  /** The definition as the driver holds it: not to be changed. */
  definition(summary: DomainSummary, which: 'current' | 'persistent', via?: Via): Promise<Domain> {
    const { pipeline } = this.parts;
    return pipeline.connection.domain.definition(summary.ref, which, pipeline.call(via));
  }

  async osType(summary: DomainSummary): Promise<string> {
    const { domain } = this.parts.pipeline.connection;
    if (domain.osType !== undefined) return domain.osType(summary.ref, this.parts.pipeline.caller);
    return (await this.definition(summary, 'current')).os.type.name;
  }

  async metadata(handle: DomainHandle, query: MetadataQuery, target: Target, via: Via | undefined): Promise<string> {
    const { pipeline } = this.parts;
    const name = via?.function ?? 'virDomainGetMetadata';
    refuseUnknownBits(this.parts.pipeline.driver, via, name);
    const summary = await pipeline.resolveDomain(handle);
    if (pipeline.hasRules) await pipeline.permitDomain(name, summary, target);
    if (target.live === true && !summary.active) throw notRunning();
    const which = target.config === true ? 'persistent' : 'current';
    return readMetadata(await this.definition(summary, which, via), query, { origin: 'DOMAIN' });
  }

  #cached(summary: DomainSummary, options: DomainXmlOptions): Document | undefined {
    const generation = this.parts.pipeline.connection.domain.generation?.(summary.ref);
    return generation === undefined ? undefined : this.parts.cache.get(summary.ref.uuid, generation, variant(options));
  }

  async #format(summary: DomainSummary, options: DomainXmlOptions, via: Via | undefined): Promise<Document> {
    const { pipeline, documents, cache } = this.parts;
    const facet = pipeline.connection.domain;
    const generation = facet.generation?.(summary.ref);
    const which = options.inactive === true && summary.persistent ? 'persistent' : 'current';
    const definition = await facet.definition(summary.ref, which, pipeline.call(via));
    const live = summary.active && options.inactive !== true && options.migratable !== true;
    const document = new Document(
      await documents.formatDomain(definition, {
        live,
        running: summary.active && which === 'current',
        secure: options.secure === true || options.migratable === true,
        migratable: options.migratable === true,
        ...(live && summary.ref.id !== undefined && { id: summary.ref.id }),
      }),
    );
    if (generation !== undefined) cache.set(summary.ref.uuid, generation, variant(options), document);
    return document;
  }
}

function variant({ inactive, secure, migratable }: DomainXmlOptions): string {
  return `${inactive === true ? 'i' : ''}${secure === true ? 's' : ''}${migratable === true ? 'm' : ''}`;
}
