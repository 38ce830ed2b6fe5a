import type { Domain } from '@virtkit/schema';
import { checkOs } from '../firmware/check-os.js';
import type { QemuFacts } from '../complete/facts.js';
import { checkAddresses } from './addresses.js';
import { checkCharacterDevices } from './character-devices.js';
import { checkControllers } from './controllers.js';
import { checkCpu } from './cpu.js';
import { checkDisks } from './disks.js';
import { checkEmulator, checkFirmware } from './emulator.js';
import { checkFeatures } from './features.js';
import { checkGraphics } from './graphics.js';
import { checkIommu } from './iommu.js';
import { checkInterfaces } from './interfaces.js';
import { checkLifecycle } from './lifecycle.js';
import { checkMemory } from './memory.js';
import { checkSmallDevices } from './small-devices.js';
import { checkVcpus } from './vcpus.js';
import { checkVideos } from './videos.js';

/** QEMU's own checks, in the order in which they speak. */
const checks: readonly ((domain: Domain, facts: QemuFacts) => void)[] = [
  checkEmulator,
  checkFirmware,
  checkFeatures,
  checkCpu,
  checkVcpus,
  checkMemory,
  checkLifecycle,
  checkDisks,
  checkInterfaces,
  checkControllers,
  checkCharacterDevices,
  checkGraphics,
  checkVideos,
  checkSmallDevices,
  checkIommu,
  checkAddresses,
  checkOs,
];

/** Refuses a completed definition that QEMU cannot run, with the first thing that is wrong. Changes nothing. */
export function validateDefinition(domain: Domain, facts: QemuFacts): void {
  for (const check of checks) check(domain, facts);
}
