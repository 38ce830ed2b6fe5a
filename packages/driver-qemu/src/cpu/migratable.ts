import type { QemuCapabilities } from '../capabilities/qemu-capabilities.js';

/** Whether `-cpu host` and `max` know the switch that leaves out what does not migrate. */
export const canMigrateCpu = (capabilities: QemuCapabilities | undefined): boolean =>
  capabilities?.flags.has('cpu.migratable') === true;
