import type { Audio } from '@virtkit/schema';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { descriptorFiles, legacyPairs, parseDescriptor, readCpuMap } from '@virtkit/driver-qemu';
import type { CpuMap, FirmwareDescriptor, HostFacts, QemuCapabilities, QemuFacts } from '@virtkit/driver-qemu';
import type { CorpusCase } from '../manifest.js';
import { readFolders } from './firmware-folders.js';

interface Parameters {
  readonly arch?: string;
  readonly host_arch?: string;
  readonly parse_flags?: readonly string[];
  readonly tpm_versions?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly driver_config?: Readonly<Record<string, unknown>>;
}

interface SharedFacts {
  readonly descriptors: readonly FirmwareDescriptor[];
  readonly cpuMap: CpuMap;
  readonly pciExpress: ReadonlyMap<string, boolean>;
}

const shared = new Map<string, SharedFacts>();

/** What the pretended host says for one case. */
export function fakeFacts(entry: CorpusCase, corpusDir: string, capabilities: QemuCapabilities): QemuFacts {
  const parameters = entry.params as Parameters; // the suites' own parameters
  const known = sharedFacts(corpusDir);
  return {
    isNew: parameters.parse_flags?.includes('VIR_DOMAIN_DEF_PARSE_ABI_UPDATE') === true,
    isLoad: true,
    host: hostFacts(parameters, known),
    capabilities,
    emulator: capabilities.emulator,
    firmware: { descriptors: known.descriptors, legacy: legacyPairs, nvramDirectory: '/var/lib/libvirt/qemu/nvram' },
    settings: {
      channelTargetDirectories: ['/var/run/libvirt/qemu/channel', '/var/lib/libvirt/qemu/channel'],
      stateDirectory: '/var/lib/libvirt/qemu',
      nographicsAllowHostAudio: parameters.driver_config?.['nogfxAllowHostAudio'] === true,
      ...hostAudio(parameters),
      spiceTls: parameters.driver_config?.['spiceTLS'] === 1,
      vncAllowHostAudio: parameters.driver_config?.['vncAllowHostAudio'] === true,
    },
  };
}

function hostAudio({ env }: Parameters): { readonly hostAudio?: Audio } {
  const type = env?.['QEMU_AUDIO_DRV'];
  if (type === undefined) return {};
  const driver = env?.['SDL_AUDIODRIVER'];
  return { hostAudio: { id: 1, type, ...(type === 'sdl' && driver !== undefined ? { driver } : {}) } as Audio }; // the corpus names QEMU's kinds
}

function hostFacts(parameters: Parameters, known: SharedFacts): HostFacts {
  return {
    arch: parameters.host_arch ?? parameters.arch ?? 'x86_64',
    isPciExpress: (address) => known.pciExpress.get(addressText(address)),
    tpmVersions: parameters.tpm_versions ?? ['1.2', '2.0'],
    cpuMap: known.cpuMap,
    physicalAddressBits: 64,
  };
}

const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0');

const addressText = (address: { domain: number; bus: number; slot: number; function: number }): string =>
  `${hex(address.domain, 4)}:${hex(address.bus, 2)}:${hex(address.slot, 2)}.${address.function}`;

function sharedFacts(corpusDir: string): SharedFacts {
  const found = shared.get(corpusDir);
  if (found !== undefined) return found;
  const facts: SharedFacts = {
    descriptors: descriptorFiles(readFolders(corpusDir))
      .map((file) => parseDescriptor(file.content))
      .filter((descriptor) => descriptor !== undefined),
    cpuMap: readCpuMap((file) => readFileSync(join(corpusDir, 'cpu_map', file), 'utf8')),
    pciExpress: readPci(corpusDir),
  };
  shared.set(corpusDir, facts);
  return facts;
}

/** None of the pretended PCI devices has the capability of PCI Express. */
function readPci(corpusDir: string): ReadonlyMap<string, boolean> {
  const document = JSON.parse(readFileSync(join(corpusDir, 'fakehost/pci.json'), 'utf8')) as {
    devices: readonly { address: string }[];
  }; // the corpus' own list
  return new Map(document.devices.map(({ address }) => [address, false]));
}
