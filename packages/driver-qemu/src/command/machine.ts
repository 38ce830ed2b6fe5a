import type { Domain } from '@virtkit/schema';
import { audiodevOfSound } from './audiodev-of.js';
import { findMachine } from '../capabilities/qemu-capabilities.js';
import { has, type CommandContext, type Section } from './context.js';
import { pflashImages } from './firmware.js';
import { effectiveNode } from './block/image.js';
import { machineFeatures } from './machine-features.js';
import { option, pairs, type PairInput } from './option.js';
import { systemRamId } from './memory.js';
import { switchPair } from './switch-text.js';

/** `-machine` */
export const machineSection: Section = (context) => {
  const { domain } = context;
  return [
    pairs(
      'machine',
      domain.os.type.machine,
      ['usb', 'off'],
      ...machineFeatures(context),
      ['dump-guest-core', coreDump(context) ? 'on' : 'off'],
      domain.memoryBacking?.nosharepages && ['mem-merge', 'off'],
      ...memoryPairs(context),
      ...pflashPairs(context),
      domain.launchSecurity && ['confidential-guest-support', 'lsec0'],
      ...latePairs(context),
    ),
  ];
};

/** `-accel` */
export const accelSection: Section = ({ domain }) => {
  switch (domain.type) {
    case 'kvm':
      return [pairs('accel', 'kvm', dirtyRing(domain))];
    case 'hvf':
      return [pairs('accel', 'hvf')];
    default:
      return [pairs('accel', 'tcg', tcgCache(domain))];
  }
};

/** `-global mch.extended-tseg-mbytes` */
export const tsegSection: Section = ({ domain }) => {
  const tseg = domain.features?.smm?.tseg;
  return tseg === undefined ? [] : [option('global', `mch.extended-tseg-mbytes=${tseg / 1024}`)];
};

const coreDump = ({ domain, config }: CommandContext): boolean => domain.memory.dumpCore ?? config.dumpGuestCore;

function memoryPairs(context: CommandContext): readonly PairInput[] {
  const { domain } = context;
  const memories = domain.devices.memory;
  const ram = systemRamId(context);
  return [
    memories.some(({ model }) => model === 'nvdimm') && ['nvdimm', 'on'],
    hasHmat(domain) && ['hmat', 'on'],
    ...sgxPairs(domain),
    ram !== undefined && ['memory-backend', ram],
  ];
}

const hasHmat = ({ cpu }: Domain): boolean =>
  cpu?.numa !== undefined &&
  (cpu.numa.interconnects !== undefined || cpu.numa.cells.some(({ caches }) => caches.length > 0));

/** SGX enclave memory is a property of the machine, not a device. */
const sgxPairs = ({ devices }: Domain): readonly PairInput[] =>
  devices.memory
    .filter(({ model }) => model === 'sgx-epc')
    .flatMap((memory, index): readonly PairInput[] => [
      [`sgx-epc.${index}.memdev`, `mem${memory.alias}`],
      [`sgx-epc.${index}.node`, String(memory.target?.node ?? 0)],
    ]);

function pflashPairs(context: CommandContext): readonly PairInput[] {
  return pflashImages(context).map((image, index) => [`pflash${index}`, effectiveNode(image)] as const);
}

function latePairs(context: CommandContext): readonly PairInput[] {
  const { domain } = context;
  const { clock, devices } = domain;
  const hpet = clock.timers.find(({ name }) => name === 'hpet')?.present;
  const speaker = devices.sounds.find(({ model }) => model === 'pcspk');
  return [
    domain.os.bios?.useserial === true && ['graphics', 'off'],
    hpet !== undefined && has(context, 'machine-hpet') && switchPair('hpet', hpet),
    loadparm(context),
    maxCompat(domain),
    speaker && ['pcspk-audiodev', audiodevOfSound(speaker, domain)],
    acpiPair(context),
  ];
}

/** Machines that tell whether they know ACPI take it as a property; for others there is `-no-acpi`. */
function acpiPair(context: CommandContext): PairInput {
  const { domain, capabilities } = context;
  if (findMachine(capabilities, domain.type, domain.os.type.machine ?? '')?.acpi !== true) return undefined;
  return switchPair('acpi', domain.features?.acpi === true);
}

function loadparm(context: CommandContext): PairInput {
  if (has(context, 'virtio-ccw.loadparm')) return undefined;
  const { devices } = context.domain;
  const bootable = [...devices.disks, ...devices.interfaces, ...devices.hostdevs].find(
    ({ boot }) => boot?.loadparm !== undefined,
  );
  return bootable?.boot?.loadparm && ['loadparm', bootable.boot.loadparm];
}

/** On pseries a host CPU model is a compatibility level of the host's CPU. */
const maxCompat = ({ cpu, os }: Domain): PairInput =>
  cpu?.mode === 'host-model' &&
  cpu.model?.name &&
  os.type.arch?.startsWith('ppc64') && ['max-cpu-compat', cpu.model.name];

const dirtyRing = ({ features }: Domain): PairInput => {
  const ring = features?.kvm?.dirtyRing;
  return ring?.state === true && ['dirty-ring-size', String(ring.size)];
};

const tcgCache = ({ features }: Domain): PairInput => {
  const size = features?.tcg?.tbCache;
  return size !== undefined && ['tb-size', String(size / 1024)];
};
