import { hasErrorName } from '@virtkit/schema';
import type { Domain } from '@virtkit/schema';
import { assignAddresses } from '../addresses/assign-addresses.js';
import { selectFirmware } from '../firmware/select.js';
import { addDefaultCpu, completeCpu } from './default-cpu.js';
import { addDefaultDevices } from './default-devices.js';
import type { QemuFacts } from './facts.js';
import { completeFeatures } from './features.js';
import { completeIommu } from './iommu.js';
import { dropGeneratedSockets } from './generated-sockets.js';
import { addNumaCell, fillNumaCells } from './numa.js';
import { checkCpuMode } from '../validate/cpu.js';
import { completeVcpus } from './vcpus.js';

/** What this driver completes before single devices are looked at. Steps depend on those before them. */
export function completeDefinition(domain: Domain, facts: QemuFacts): void {
  chooseFirmware(domain, facts);
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

/** A saved definition is kept although its firmware is gone: the guest does not start then, and says why. */
function chooseFirmware(domain: Domain, facts: QemuFacts): void {
  try {
    selectFirmware(domain, facts.firmware, facts);
  } catch (error) {
    if (!facts.isLoad || !hasErrorName(error, 'OPERATION_FAILED')) throw error;
  }
}

/**
 * What a start adds to a definition that was saved by an older version or could not be completed when it was loaded.
 * @throws what kept it from being completed.
 */
export function completeForStart(domain: Domain, facts: QemuFacts): void {
  selectFirmware(domain, facts.firmware, { isNew: false });
  assignAddresses(domain, { ...facts, isNew: true });
  checkCpuMode(domain, facts);
}
