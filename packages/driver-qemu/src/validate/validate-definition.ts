import type { Check } from '@virtkit/core';
import { type Domain, validateDomain } from '@virtkit/schema';
import { checkOs } from '../firmware/check-os.js';
import type { QemuFacts } from '../complete/facts.js';
import { checkAddresses } from './addresses.js';
import { checkBiosSerial, checkCharacterDevices, checkRedirdevs } from './character-devices.js';
import { checkClock } from './clock.js';
import { checkControllers } from './controllers.js';
import { checkCpu } from './cpu.js';
import { checkDisks, checkThrottleGroups } from './disks.js';
import { checkAcpiTables, checkBootloader, checkEmulator, checkFirmware, checkSecureBoot } from './emulator.js';
import { checkFeatures } from './features.js';
import { checkFilesystems } from './filesystems.js';
import { checkFirmwareEntries } from './firmware-entries.js';
import { checkAudio, checkGraphics, checkGraphicsKinds } from './graphics.js';
import { checkHostdevs } from './hostdevs.js';
import { checkIommu, checkNvram } from './iommu.js';
import { checkInterfaces } from './interfaces.js';
import { checkLaunchSecurity } from './launch-security.js';
import { checkLifecycle } from './lifecycle.js';
import { checkMemory } from './memory.js';
import {
  checkBalloon,
  checkInputs,
  checkPanics,
  checkTpmCount,
  checkTpms,
  checkWatchdogActions,
  checkWatchdogs,
} from './small-devices.js';
import { checkShmems } from './shmems.js';
import { checkCacheTuning, checkVcpus } from './vcpus.js';
import { checkVideos } from './videos.js';

/** QEMU's own checks, in the order in which they speak. */
export const qemuChecks: readonly Check<QemuFacts>[] = [
  { check: checkEmulator },
  { check: checkFirmware },
  { check: checkSecureBoot },
  { check: checkAcpiTables },
  { check: checkCacheTuning },
  { check: checkFeatures },
  { check: checkClock },
  { check: checkLifecycle },
  { check: checkCpu },
  { check: checkVcpus },
  { check: checkMemory },
  { check: checkBootloader },
  { check: checkPanics },
  { check: checkTpmCount },
  { check: checkBiosSerial },
  { check: checkGraphicsKinds },
  { check: checkWatchdogActions },
  { check: checkThrottleGroups },
  { check: checkLaunchSecurity },
  { check: checkFirmwareEntries },
  { check: checkAddresses },
  { at: 'disks', check: checkDisks },
  { at: 'interfaces', check: checkInterfaces },
  { at: 'hostdevs', check: checkHostdevs },
  { at: 'videos', check: checkVideos },
  { at: 'controllers', check: checkControllers },
  { at: 'characterDevices', check: checkCharacterDevices },
  { at: 'inputs', check: checkInputs },
  { at: 'filesystems', check: checkFilesystems },
  { at: 'watchdogs', check: checkWatchdogs },
  { at: 'shmems', check: checkNvram },
  { at: 'shmems', check: checkShmems },
  { at: 'shmems', check: checkBalloon },
  { at: 'tpms', check: checkTpms },
  { at: 'redirdevs', check: checkRedirdevs },
  { at: 'iommu', check: checkIommu },
  { at: 'graphics', check: checkGraphics },
  { at: 'graphics', check: checkAudio },
  { at: 'last', check: checkOs },
];

/** Refuses a completed definition that cannot run, here or anywhere, with the error libvirt finds first. Changes nothing. */
export function validateDefinition(domain: Domain, facts: QemuFacts): void {
  validateDomain(domain, (point) => {
    for (const { at = 'domain', check } of qemuChecks) if (at === point) check(domain, facts);
  });
}
