import type { LegacyPair } from '../firmware/legacy-pairs.js';
import type { Audio } from '@virtkit/schema';
import type { QemuCapabilities } from '../capabilities/qemu-capabilities.js';
import type { CpuMap } from '../cpu/cpu-map.js';
import type { FirmwareDescriptor } from '../firmware/descriptor.js';

/** What was gathered for one definition: all that completion and checks look at beside the document. */
export interface QemuFacts {
  /** The rules for new definitions apply; without, a document that was saved keeps its meaning. */
  readonly isNew: boolean;
  /** The document may be incomplete in what only a start needs (definitions loaded from disk). */
  readonly isLoad: boolean;
  readonly host: HostFacts;
  /** Of the emulator the document names, else of the architecture's; undefined when there is none. */
  readonly capabilities: QemuCapabilities | undefined;
  /** Why there are none; thrown where a definition cannot do without. */
  readonly capabilitiesProblem?: unknown;
  /** The emulator for a document that names none; not looked for where one is named. */
  readonly emulator: string | undefined;
  readonly firmware: FirmwareFacts;
  readonly settings: DefinitionSettings;
}

export interface HostFacts {
  readonly arch: string;
  /** Whether the function at an address of the host is a PCI Express device; undefined where it cannot be seen. */
  isPciExpress(address: HostPciFunction): boolean | undefined;
  /** Versions the TPM emulator offers; undefined where it was not asked. */
  readonly tpmVersions: readonly string[] | undefined;
  /** Read when first asked for: most guests' CPUs need no table. */
  readonly cpuMap: CpuMap | undefined;
  /** Bits of physical addresses of the host's CPU. */
  readonly physicalAddressBits: number | undefined;
}

export interface HostPciFunction {
  readonly domain: number;
  readonly bus: number;
  readonly slot: number;
  readonly function: number;
}

export interface FirmwareFacts {
  /** In order of preference. */
  readonly descriptors: readonly FirmwareDescriptor[];
  /** Pairs of image and template for variables from the driver's configuration. */
  readonly legacy: readonly LegacyPair[];
  /** Where guests' variables are kept. */
  readonly nvramDirectory: string;
}

/** Settings of the driver that show in definitions; names are those of `qemu.conf`. */
export interface DefinitionSettings {
  /** Where sockets of channels are made; the first one now, the others by older versions. */
  readonly channelTargetDirectories: readonly string[];
  /** Where guests' own files are made while they run. */
  readonly stateDirectory: string;
  readonly nographicsAllowHostAudio: boolean;
  readonly vncAllowHostAudio: boolean;
  readonly spiceTls: boolean;
  /** What `QEMU_AUDIO_DRV` in the daemon's environment says. */
  readonly hostAudio?: Audio;
}
