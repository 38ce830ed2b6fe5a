import type { Domain } from '@virtkit/schema';
import type { Answer } from '../../contract/answer.js';
import type { SaveOptions } from '../../contract/facets/saved-image.js';
import { objectOperations, on } from './operations.js';
import type { DomainHandle } from './pipeline.js';
import { domainResolver } from './resolvers.js';
import { step } from './step.js';
import type { Via } from './via.js';

const Rows = objectOperations(domainResolver, {
  removeManagedSave: on('savedImage.removeManagedSave', 'virDomainManagedSaveRemove', 0),
  managedSave: on('savedImage.managedSave', 'virDomainManagedSave', 1, 0),
  coreDump: on('savedImage.coreDump', 'virDomainCoreDumpWithFormat', 3, 2),
});
const save = step('savedImage.save', 'virDomainSaveParams');
const restore = step('savedImage.restore', 'virDomainRestoreParams');
const imageDefinition = step('savedImage.imageDefinition', 'virDomainSaveImageGetXMLDesc');
const defineImage = step('savedImage.defineImage', 'virDomainSaveImageDefineXML');
const managedDefinition = step('savedImage.managedSaveDefinition', 'virDomainManagedSaveGetXMLDesc');
const defineManaged = step('savedImage.defineManagedSave', 'virDomainManagedSaveDefineXML');
const none = {};

/** Options of save and restore, with the replacing document as text. */
export interface SavedImageOptions extends Omit<SaveOptions, 'definition'> {
  readonly xml?: string;
}

/** Memory images: save and restore by file, managed save, core dumps. */
export class SavedImages extends Rows {
  async save(domain: DomainHandle, file: string, options: SavedImageOptions = none, via?: Via): Promise<void> {
    const { xml, ...flags } = options;
    return this.parts.pipeline.domain(save, domain, flags, via, async (facet, { ref }, call) =>
      facet.save(ref, file, await this.#prepare(xml, flags, via), call),
    );
  }

  async restore(file: string, options: SavedImageOptions = none, via?: Via): Promise<void> {
    const { xml, ...flags } = options;
    return this.parts.pipeline.connect(restore, flags, via, async (facet, call) =>
      facet.restore(file, await this.#prepare(xml, flags, via), call),
    );
  }

  /** @libvirt virDomainSaveImageGetXMLDesc */
  async imageXmlDesc(file: string, options: { readonly secure?: boolean } = none, via?: Via): Promise<string> {
    const { pipeline } = this.parts;
    pipeline.refuseReadOnly(via?.function ?? imageDefinition.function, options);
    const definition = await pipeline.connect(imageDefinition, none, via, (facet, call) =>
      facet.imageDefinition(file, call),
    );
    return this.#format(definition, options);
  }

  /** @libvirt virDomainSaveImageDefineXML */
  async defineImage(file: string, xml: string, options: SaveOptions = none, via?: Via): Promise<void> {
    return this.parts.pipeline.connect(defineImage, options, via, async (facet, call) =>
      facet.defineImage(file, await this.#parse(xml, via), options, call),
    );
  }

  /** @libvirt virDomainManagedSaveGetXMLDesc */
  async managedSaveXmlDesc(
    domain: DomainHandle,
    options: { readonly secure?: boolean } = none,
    via?: Via,
  ): Promise<string> {
    this.parts.pipeline.refuseReadOnly(via?.function ?? managedDefinition.function, options);
    const definition = await this.parts.pipeline.domain(managedDefinition, domain, none, via, (facet, { ref }, call) =>
      facet.managedSaveDefinition(ref, call),
    );
    return this.#format(definition, options);
  }

  /** @libvirt virDomainManagedSaveDefineXML */
  async defineManagedSave(domain: DomainHandle, xml: string, options: SaveOptions = none, via?: Via): Promise<void> {
    return this.parts.pipeline.domain(defineManaged, domain, options, via, async (facet, { ref }, call) =>
      facet.defineManagedSave(ref, await this.#parse(xml, via), options, call),
    );
  }

  #parse(xml: string, via: Via | undefined): Promise<Domain> {
    return this.parts.documents.domain(xml, 'load', none, this.parts.pipeline.call(via).signal);
  }

  async #prepare(xml: string | undefined, flags: SaveOptions, via: Via | undefined): Promise<SaveOptions> {
    return xml === undefined ? flags : { ...flags, definition: await this.#parse(xml, via) };
  }

  #format(definition: Domain, { secure }: { readonly secure?: boolean }): Answer<string> {
    return this.parts.documents.formatDomain(definition, { live: false, secure: secure === true });
  }
}
