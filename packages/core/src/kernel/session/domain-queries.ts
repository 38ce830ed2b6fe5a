import { after, type Answer, answered } from '../../contract/answer.js';
import type { DomainKey } from '../../contract/facets/domain.js';
import type { DomainInfo, DomainState, DomainSummary, Target } from '../../contract/references.js';
import type { FunctionName } from '../access/function-rules.js';
import type { Document } from '../documents/document.js';
import { noDomain } from '../errors.js';
import { refuseUnknownBits } from './accept.js';
import { filterDomains, type DomainFilter } from './domain-filter.js';
import { DomainDocuments, type DomainXmlOptions } from './domain-documents.js';
import type { DomainHandle, Pipeline } from './pipeline.js';
import type { SessionParts } from './session-parts.js';
import { step } from './step.js';
import type { Via } from './via.js';

const getInfo = step('domain.info', 'virDomainGetInfo');
const isUpdated = step('configuration.isUpdated', 'virDomainIsUpdated');
const vcpuCount = step('configuration.vcpuCount', 'virDomainGetVcpusFlags');
const autostart = step('configuration.setAutostart', 'virDomainGetAutostart');
const autostartOnce = step('configuration.setAutostartOnce', 'virDomainGetAutostartOnce');
const none = {};

/** Finding and reading domains. Everything here is answered from memory where the driver owns the state. */
export class DomainQueries {
  protected readonly pipeline: Pipeline;
  readonly #documents: DomainDocuments;

  constructor(protected readonly parts: SessionParts) {
    this.pipeline = parts.pipeline;
    this.#documents = new DomainDocuments(parts);
  }

  /** Throws `NO_DOMAIN`. */
  lookupByUuid(uuid: string, via?: Via): Answer<DomainSummary> {
    return this.#lookup({ uuid }, 'virDomainLookupByUUID', via);
  }

  /** Throws `NO_DOMAIN`. */
  lookupByName(name: string, via?: Via): Answer<DomainSummary> {
    return this.#lookup({ name }, 'virDomainLookupByName', via);
  }

  /** Throws `NO_DOMAIN`; only active domains have a number. */
  lookupById(id: number, via?: Via): Answer<DomainSummary> {
    return this.#lookup({ id }, 'virDomainLookupByID', via);
  }

  /** @libvirt virConnectListAllDomains */
  async list(filter: DomainFilter = none, via?: Via): Promise<readonly DomainSummary[]> {
    return filterDomains(await this.#all('virConnectListAllDomains', via), filter);
  }

  /** Numbers of active domains, at most `max`. @libvirt virConnectListDomains */
  async activeIds(max = Number.POSITIVE_INFINITY, via?: Via): Promise<readonly number[]> {
    const ids: number[] = [];
    for (const domain of await this.#all('virConnectListDomains', via))
      if (domain.active && domain.ref.id !== undefined && ids.length < max) ids.push(domain.ref.id);
    return ids;
  }

  /** Names of inactive domains, at most `max`. @libvirt virConnectListDefinedDomains */
  async definedNames(max = Number.POSITIVE_INFINITY, via?: Via): Promise<readonly string[]> {
    const names: string[] = [];
    for (const domain of await this.#all('virConnectListDefinedDomains', via))
      if (!domain.active && names.length < max) names.push(domain.ref.name);
    return names;
  }

  /** @libvirt virConnectNumOfDomains */
  async activeCount(via?: Via): Promise<number> {
    return count(await this.#all('virConnectNumOfDomains', via), true);
  }

  /** @libvirt virConnectNumOfDefinedDomains */
  async definedCount(via?: Via): Promise<number> {
    return count(await this.#all('virConnectNumOfDefinedDomains', via), false);
  }

  /** What the list says of one domain, under the permission of whichever function asks. */
  summary(domain: DomainHandle, via?: Via): Answer<DomainSummary> {
    const name = via?.function ?? 'virDomainGetInfo';
    return answered(() => {
      this.pipeline.refuseReadOnly(name);
      refuseUnknownBits(this.pipeline.driver, via, name);
      return this.pipeline.permitted(this.pipeline.resolveDomain(domain), name);
    });
  }

  async isActive(domain: DomainHandle, via?: Via): Promise<boolean> {
    return (await this.summary(domain, named('virDomainIsActive', via))).active;
  }

  async isPersistent(domain: DomainHandle, via?: Via): Promise<boolean> {
    return (await this.summary(domain, named('virDomainIsPersistent', via))).persistent;
  }

  async hasManagedSave(domain: DomainHandle, via?: Via): Promise<boolean> {
    return (await this.summary(domain, named('virDomainHasManagedSaveImage', via))).hasManagedSave;
  }

  state(domain: DomainHandle, via?: Via): Answer<DomainState> {
    return after(this.summary(domain, named('virDomainGetState', via)), ({ state }) => state);
  }

  info(domain: DomainHandle, via?: Via): Answer<DomainInfo> {
    return this.pipeline.ask(getInfo, domain, none, via, (facet, { ref }, call) => facet.info(ref, call));
  }

  isUpdated(domain: DomainHandle, via?: Via): Promise<boolean> {
    return this.pipeline.domain(isUpdated, domain, none, via, (facet, { ref }, call) => facet.isUpdated(ref, call));
  }

  autostart(domain: DomainHandle, via?: Via): Promise<boolean> {
    return this.pipeline.domain(autostart, domain, none, via, (_facet, summary) => summary.autostart);
  }

  autostartOnce(domain: DomainHandle, via?: Via): Promise<boolean> {
    return this.pipeline.domain(autostartOnce, domain, none, via, (_facet, summary) => summary.autostartOnce ?? false);
  }

  /** KiB. @libvirt virDomainGetMaxMemory */
  async maxMemory(domain: DomainHandle, via?: Via): Promise<number> {
    return (await this.info(domain, named('virDomainGetMaxMemory', via))).maxMemoryKiB;
  }

  /** @libvirt virDomainGetVcpusFlags */
  vcpuCount(
    domain: DomainHandle,
    target: Target & { readonly maximum?: boolean; readonly guest?: boolean } = none,
    via?: Via,
  ): Promise<number> {
    return this.pipeline.domain(vcpuCount, domain, target, via, (facet, { ref }, call) =>
      facet.vcpuCount(ref, target, call),
    );
  }

  /** @libvirt virDomainGetMaxVcpus */
  maxVcpus(domain: DomainHandle, via?: Via): Promise<number> {
    return this.pipeline.domain(vcpuCount, domain, none, named('virDomainGetMaxVcpus', via), (facet, { ref }, call) =>
      facet.vcpuCount(ref, { live: true, maximum: true }, call),
    );
  }

  /** `hvm`, `linux`, … @libvirt virDomainGetOSType */
  async osType(domain: DomainHandle, via?: Via): Promise<string> {
    const summary = await this.summary(domain, named('virDomainGetOSType', via));
    return this.#documents.osType(summary);
  }

  /** @libvirt virDomainGetXMLDesc */
  async xmlDesc(domain: DomainHandle, options: DomainXmlOptions = none, via?: Via): Promise<string> {
    return (await this.document(domain, options, via)).text;
  }

  /** The same as `xmlDesc`, as a shared object that also keeps the encoded bytes. */
  document(domain: DomainHandle, options: DomainXmlOptions = none, via?: Via): Answer<Document> {
    return this.#documents.read(domain, options, via);
  }

  /** Title, description or the element of a namespace. Throws `NO_DOMAIN_METADATA` (80). @libvirt virDomainGetMetadata */
  metadata(
    domain: DomainHandle,
    what: { readonly kind: 'title' | 'description' } | { readonly kind: 'element'; readonly uri: string },
    target: Target = none,
    via?: Via,
  ): Promise<string> {
    return this.#documents.metadata(domain, what, target, via);
  }

  #lookup(by: DomainKey, name: FunctionName, via: Via | undefined): Answer<DomainSummary> {
    return answered(() => {
      const found = after(this.pipeline.connection.domain.find(by, this.pipeline.caller), (domain) => {
        if (domain === undefined) throw noDomain(this.pipeline.driver, by);
        return domain;
      });
      return this.pipeline.permitted(found, via?.function ?? name);
    });
  }

  async #all(name: FunctionName, via: Via | undefined): Promise<readonly DomainSummary[]> {
    const used = via?.function ?? name;
    refuseUnknownBits(this.pipeline.driver, via, used);
    await this.pipeline.permit(used, { kind: 'connect' });
    const domains = await this.pipeline.connection.domain.list(this.pipeline.call(via));
    return this.pipeline.visible(used, domains, ({ ref }) => ({ kind: 'domain', name: ref.name, uuid: ref.uuid }));
  }
}

function count(domains: readonly DomainSummary[], active: boolean): number {
  let number = 0;
  for (const domain of domains) if (domain.active === active) number += 1;
  return number;
}

/** The way with another default for the function's name. */
export function named(name: FunctionName, via: Via | undefined): Via {
  if (via === undefined) return { function: name };
  return via.function === undefined ? { ...via, function: name } : via;
}
