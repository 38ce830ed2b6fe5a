import { audioSection } from './audio.js';
import { balloonSection } from './balloon.js';
import { bootSection } from './boot.js';
import { channelSection, consoleSection } from './channel.js';
import { clockSection } from './clock.js';
import { deprecationSection } from './deprecation.js';
import type { Section } from './context.js';
import { ccidSection, controllersSection, globalControllersSection } from './controller.js';
import { cpuSection } from './cpu.js';
import { cryptoSection } from './crypto.js';
import { disksSection } from './disk.js';
import { filesystemSection } from './filesystem.js';
import { loaderSection, pflashSection } from './firmware.js';
import { graphicsSection, noDisplaySection } from './graphics.js';
import { hostdevSection } from './hostdev.js';
import { hubSection } from './hub.js';
import { incomingSection } from './incoming.js';
import { inputSection } from './input.js';
import { interfacesSection } from './interface.js';
import { iommuSection } from './iommu.js';
import { iothreadsSection } from './iothreads.js';
import { launchSecuritySection } from './launch-security.js';
import { accelSection, machineSection, tsegSection } from './machine.js';
import { memorySection } from './memory.js';
import { memoryDevicesSection } from './memory-device.js';
import {
  logTimestampSection,
  masterKeySection,
  monitorSection,
  nameSection,
  noDefaultsSection,
  pausedSection,
  uuidSection,
} from './name.js';
import { namespaceSection } from './namespace.js';
import { numaSection } from './numa.js';
import { nvramSection } from './nvram.js';
import { panicSection } from './panic.js';
import { powerSection } from './power.js';
import { pstoreSection } from './pstore.js';
import { redirdevSection } from './redirdev.js';
import { reservationsSection } from './reservations.js';
import { rngSection } from './rng.js';
import { sandboxSection } from './sandbox.js';
import { parallelSection, serialSection } from './serial.js';
import { shmemSection } from './shmem.js';
import { smartcardSection } from './smartcard.js';
import { firmwareConfigSection, smbiosSection } from './smbios.js';
import { smpSection } from './smp.js';
import { soundSection } from './sound.js';
import { asyncTeardownSection } from './teardown.js';
import { throttleSection } from './throttle.js';
import { tpmSection } from './tpm.js';
import { videoSection } from './video.js';
import { genidSection, vmcoreinfoSection } from './vmcoreinfo.js';
import { vsockSection } from './vsock.js';
import { watchdogSection } from './watchdog.js';

/** The table of contents of QEMU's command line. */
export const sections: readonly Section[] = [
  nameSection,
  deprecationSection,
  pausedSection,
  masterKeySection,
  reservationsSection,
  pflashSection,
  machineSection,
  accelSection,
  tsegSection,
  cpuSection,
  loaderSection,
  memorySection,
  smpSection,
  iothreadsSection,
  throttleSection,
  numaSection,
  uuidSection,
  smbiosSection,
  firmwareConfigSection,
  genidSection,
  noDisplaySection,
  noDefaultsSection,
  monitorSection,
  clockSection,
  powerSection,
  bootSection,
  iommuSection,
  globalControllersSection,
  controllersSection,
  memoryDevicesSection,
  hubSection,
  ccidSection,
  disksSection,
  filesystemSection,
  interfacesSection,
  smartcardSection,
  serialSection,
  parallelSection,
  channelSection,
  consoleSection,
  tpmSection,
  inputSection,
  audioSection,
  graphicsSection,
  videoSection,
  soundSection,
  watchdogSection,
  redirdevSection,
  hostdevSection,
  incomingSection,
  balloonSection,
  rngSection,
  nvramSection,
  vmcoreinfoSection,
  launchSecuritySection,
  namespaceSection,
  sandboxSection,
  panicSection,
  shmemSection,
  vsockSection,
  cryptoSection,
  pstoreSection,
  asyncTeardownSection,
  logTimestampSection,
];
