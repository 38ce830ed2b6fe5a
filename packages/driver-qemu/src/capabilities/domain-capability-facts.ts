import type { CpuMap } from '../cpu/cpu-map.js';
import type { DecodedCpu } from '../cpu/decode.js';
import type { QemuCapabilities } from './qemu-capabilities.js';

/** What domain capabilities depend on beside the binary. */
export interface DomainCapabilityFacts {
  readonly capabilities: QemuCapabilities;
  readonly virtType: string;
  /** Name or alias. */
  readonly machine: string;
  /** Firmware images for the machine, in order of preference. */
  readonly loaders: readonly string[];
  readonly firmware: { readonly secure: boolean; readonly interfaces: readonly ('bios' | 'efi')[] };
  readonly cpuMap: CpuMap | undefined;
  /** What `host-model` gives with this accelerator. */
  readonly hostModel: DecodedCpu | undefined;
  /** Bits of physical addresses of the host's CPU; undefined where unknown. */
  readonly physicalAddressBits: number | undefined;
  /** TPM versions that the emulator installed here offers. */
  readonly tpmVersions: readonly string[];
  /** Guests that memory encryption can serve at once. */
  readonly sevGuests: { readonly plain: number; readonly encryptedState: number } | undefined;
  /** The host can hand its PCI devices to guests. */
  readonly assignsPciDevices: boolean;
  /** The helper that shows a guest by RDP is installed. */
  readonly rdp: boolean;
  /** The host's vCPU limit for one guest. */
  readonly maxVcpus: number | undefined;
}
