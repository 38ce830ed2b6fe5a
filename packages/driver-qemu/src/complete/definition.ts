import type { Domain } from '@virtkit/schema';
import { selectFirmware } from '../firmware/select.js';
import { addDefaultCpu, completeCpu } from './default-cpu.js';
import { addDefaultDevices } from './default-devices.js';
import type { QemuFacts } from './facts.js';
import { completeFeatures } from './features.js';
import { completeIommu } from './iommu.js';
import { dropGeneratedSockets } from './generated-sockets.js';
import { addNumaCell, fillNumaCells } from './numa.js';
import { completeVcpus } from './vcpus.js';

/** What this driver completes before single devices are looked at. Steps depend on those before them. */
export function completeDefinition(domain: Domain, facts: QemuFacts): void {
  selectFirmware(domain, facts.firmware, facts);
  addDefaultDevices(domain, facts);
  completeIommu(domain, facts);
  addDefaultCpu(domain, facts);
  completeFeatures(domain, facts);
  dropGeneratedSockets(domain, facts);
  completeVcpus(domain);
  completeCpu(domain, facts);
  addNumaCell(domain, facts);
  fillNumaCells(domain);
}
