import { Document } from '../documents/document.js';
import type { CapabilityQuery } from '../../contract/facets/host.js';
import { connectOperations, of } from './operations.js';
import { step } from './step.js';
import type { Via } from './via.js';

const Rows = connectOperations({
  version: of('host.version', 'virConnectGetVersion', 0),
  hostname: of('host.hostname', 'virConnectGetHostname', 0),
  info: of('host.info', 'virNodeGetInfo', 0),
  sysinfo: of('host.sysinfo', 'virConnectGetSysinfo', 0),
  maxVcpus: of('host.maxVcpus', 'virConnectGetMaxVcpus', 1),
  securityModel: of('host.securityModel', 'virNodeGetSecurityModel', 0),
  cpuStatistics: of('host.cpuStatistics', 'virNodeGetCPUStats', 1),
  memoryStatistics: of('host.memoryStatistics', 'virNodeGetMemoryStats', 1),
  freeMemory: of('host.freeMemory', 'virNodeGetFreeMemory', 0),
  cellsFreeMemory: of('host.cellsFreeMemory', 'virNodeGetCellsFreeMemory', 2),
  freePages: of('host.freePages', 'virNodeGetFreePages', 3),
  cpuMap: of('host.cpuMap', 'virNodeGetCPUMap', 0),
  sevInfo: of('host.sevInfo', 'virNodeGetSEVInfo', 0),
  suspend: of('hostTuning.suspend', 'virNodeSuspendForDuration', 2),
  memoryParameters: of('hostTuning.memoryParameters', 'virNodeGetMemoryParameters', 0),
  setMemoryParameters: of('hostTuning.setMemoryParameters', 'virNodeSetMemoryParameters', 1),
  allocatePages: of('hostTuning.allocatePages', 'virNodeAllocPages', 4, 3),
  compareCpu: of('cpuModels.compare', 'virConnectCompareCPU', 2, 1),
  baselineCpu: of('cpuModels.baseline', 'virConnectBaselineCPU', 2, 1),
  cpuModelNames: of('cpuModels.modelNames', 'virConnectGetCPUModelNames', 1),
  compareHypervisorCpu: of('cpuModels.compareHypervisor', 'virConnectCompareHypervisorCPU', 3, 2),
  baselineHypervisorCpu: of('cpuModels.baselineHypervisor', 'virConnectBaselineHypervisorCPU', 3, 2),
});
const capabilities = step('host.capabilities', 'virConnectGetCapabilities');
const domainCapabilities = step('host.domainCapabilities', 'virConnectGetDomainCapabilities');

/** Questions whose answers a session keeps. */
const keptDocuments = 20;

/** libvirt's version this system behaves as: major × 1,000,000 + minor × 1,000 + release. */
export const libvirtVersion = 11_003_000;

/** The machine guests run on, as this connection sees it. */
export class Host extends Rows {
  readonly #documents = new Map<string, Document>();

  /** `QEMU`, `ESX`, … @libvirt virConnectGetType */
  type(): string {
    return this.parts.pipeline.connection.host.type();
  }

  /** @libvirt virConnectGetLibVersion */
  libVersion(): number {
    return libvirtVersion;
  }

  supportsFeature(feature: number): boolean {
    return this.parts.pipeline.connection.host.supportsFeature?.(feature) ?? false;
  }

  async capabilities(via?: Via): Promise<string> {
    return (await this.capabilitiesDocument(via)).text;
  }

  async capabilitiesDocument(via?: Via): Promise<Document> {
    const text = await this.parts.pipeline.connect(capabilities, {}, via, (facet, call) => facet.capabilities(call));
    return this.#document('', text);
  }

  async domainCapabilities(query: CapabilityQuery = {}, via?: Via): Promise<string> {
    return (await this.domainCapabilitiesDocument(query, via)).text;
  }

  /** @libvirt virConnectGetDomainCapabilities */
  async domainCapabilitiesDocument(query: CapabilityQuery = {}, via?: Via): Promise<Document> {
    const { emulator, arch, machine, virtType, disableDeprecatedFeatures } = query;
    const options = disableDeprecatedFeatures === true ? { disableDeprecatedFeatures } : {};
    const text = await this.parts.pipeline.connect(domainCapabilities, options, via, (facet, call) =>
      facet.domainCapabilities(query, call),
    );
    return this.#document([emulator, arch, machine, virtType, disableDeprecatedFeatures].join('\n'), text);
  }

  /** The encoded bytes are kept as long as the driver answers the same text. */
  #document(key: string, text: string): Document {
    const known = this.#documents.get(key);
    if (known?.text === text) return known;
    const document = new Document(text);
    if (this.#documents.size >= keptDocuments) this.#documents.clear();
    this.#documents.set(key, document);
    return document;
  }
}
