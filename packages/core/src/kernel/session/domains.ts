import type { Domain } from '@virtkit/schema';
import type { UndefineOptions } from '../../contract/facets/domain.js';
import type { DomainRef, Target } from '../../contract/references.js';
import type { MetadataRequest } from '../documents/metadata.js';
import { DomainLifecycle, subject } from './domain-lifecycle.js';
import type { DomainHandle } from './pipeline.js';
import { step } from './step.js';
import type { Via } from './via.js';

const define = step('configuration.define', 'virDomainDefineXMLFlags');
const undefine = step('configuration.undefine', 'virDomainUndefineFlags');
const setAutostart = step('configuration.setAutostart', 'virDomainSetAutostart');
const setAutostartOnce = step('configuration.setAutostartOnce', 'virDomainSetAutostartOnce');
const rename = step('configuration.rename', 'virDomainRename');
const setMemory = step('configuration.setMemory', 'virDomainSetMemoryFlags');
const setMemoryPeriod = step('configuration.setMemoryStatisticsPeriod', 'virDomainSetMemoryStatsPeriod');
const setVcpus = step('configuration.setVcpus', 'virDomainSetVcpusFlags');
const setVcpu = step('configuration.setVcpu', 'virDomainSetVcpu');
const setMetadata = step('configuration.setMetadata', 'virDomainSetMetadata');
const addIoThread = step('configuration.addIoThread', 'virDomainAddIOThread');
const removeIoThread = step('configuration.removeIoThread', 'virDomainDelIOThread');
const none = {};

/** Domains: finding, reading, starting, stopping, and their persistent configuration. */
export class Domains extends DomainLifecycle {
  /** New, or replacing the one with the same uuid. On disk when it resolves. @libvirt virDomainDefineXMLFlags */
  async define(
    document: string | Domain,
    options: { readonly validate?: boolean } = none,
    via?: Via,
  ): Promise<DomainRef> {
    const { pipeline, documents } = this.parts;
    const facet = pipeline.enter(define, none, via);
    const call = pipeline.call(via);
    const definition =
      typeof document === 'string'
        ? await documents.domain(document, 'define', options, call.signal)
        : await documents.prepareDomain(document, 'define', call.signal);
    await pipeline.permit(via?.function ?? define.function, subject(definition), options);
    return facet.define(definition, call);
  }

  undefine(domain: DomainHandle, options: UndefineOptions = none, via?: Via): Promise<void> {
    return this.pipeline.domain(undefine, domain, options, via, (facet, { ref }, call) =>
      facet.undefine(ref, options, call),
    );
  }

  setAutostart(domain: DomainHandle, value: boolean, via?: Via): Promise<void> {
    return this.pipeline.domain(setAutostart, domain, none, via, (facet, { ref }, call) =>
      facet.setAutostart(ref, value, call),
    );
  }

  setAutostartOnce(domain: DomainHandle, value: boolean, via?: Via): Promise<void> {
    return this.pipeline.domain(setAutostartOnce, domain, none, via, (facet, { ref }, call) =>
      facet.setAutostartOnce(ref, value, call),
    );
  }

  rename(domain: DomainHandle, name: string, via?: Via): Promise<DomainRef> {
    return this.pipeline.domain(rename, domain, none, via, (facet, { ref }, call) => facet.rename(ref, name, call));
  }

  /** KiB. @libvirt virDomainSetMemoryFlags, virDomainSetMaxMemory */
  setMemory(
    domain: DomainHandle,
    kib: number,
    target: Target & { readonly maximum?: boolean } = none,
    via?: Via,
  ): Promise<void> {
    return this.pipeline.domain(setMemory, domain, target, via, (facet, { ref }, call) =>
      facet.setMemory(ref, kib, target, call),
    );
  }

  setMemoryStatisticsPeriod(domain: DomainHandle, seconds: number, target: Target = none, via?: Via): Promise<void> {
    return this.pipeline.domain(setMemoryPeriod, domain, target, via, (facet, { ref }, call) =>
      facet.setMemoryStatisticsPeriod(ref, seconds, target, call),
    );
  }

  setVcpus(
    domain: DomainHandle,
    count: number,
    target: Target & { readonly maximum?: boolean; readonly guest?: boolean; readonly hotpluggable?: boolean } = none,
    via?: Via,
  ): Promise<void> {
    return this.pipeline.domain(setVcpus, domain, target, via, (facet, { ref }, call) =>
      facet.setVcpus(ref, count, target, call),
    );
  }

  setVcpu(
    domain: DomainHandle,
    vcpus: readonly number[],
    enabled: boolean,
    target: Target = none,
    via?: Via,
  ): Promise<void> {
    return this.pipeline.domain(setVcpu, domain, target, via, (facet, { ref }, call) =>
      facet.setVcpu(ref, vcpus, enabled, target, call),
    );
  }

  setMetadata(domain: DomainHandle, metadata: MetadataRequest, target: Target = none, via?: Via): Promise<void> {
    return this.pipeline.domain(setMetadata, domain, target, via, async (facet, { ref }, call) =>
      facet.setMetadata(ref, await this.parts.documents.metadata(metadata, call.signal), target, call),
    );
  }

  addIoThread(domain: DomainHandle, id: number, target: Target = none, via?: Via): Promise<void> {
    return this.pipeline.domain(addIoThread, domain, target, via, (facet, { ref }, call) =>
      facet.addIoThread(ref, id, target, call),
    );
  }

  removeIoThread(domain: DomainHandle, id: number, target: Target = none, via?: Via): Promise<void> {
    return this.pipeline.domain(removeIoThread, domain, target, via, (facet, { ref }, call) =>
      facet.removeIoThread(ref, id, target, call),
    );
  }
}
