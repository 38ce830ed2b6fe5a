import { errorsFrom, isEmptySource } from '@virtkit/schema';
import type {
  Controller,
  Disk,
  Domain,
  Hostdev,
  Input,
  NetworkInterface,
  Panic,
  Serial,
  Shmem,
  Tpm,
  Video,
} from '@virtkit/schema';
import type { QemuCapabilities } from '../capabilities/qemu-capabilities.js';
import type { QemuFacts } from './facts.js';
import { completeChannels } from './channels.js';
import {
  archOf,
  isArmVirt,
  isI440fx,
  isLoongarchVirt,
  isPseries,
  isQ35,
  isRiscvVirt,
  isS390,
  isX86,
  machineOf,
} from './machine.js';
import { canonicalModel } from './network-models.js';
import { defaultUsbModel } from './usb-model.js';

const virtError = errorsFrom('QEMU');

/** What this driver's defaults add to single devices. */
export function completeDevices(domain: Domain, facts: QemuFacts): void {
  const { devices } = domain;
  for (const disk of devices.disks) completeDisk(disk);
  for (const entry of devices.interfaces) completeInterface(entry, domain, facts.capabilities);
  for (const video of devices.videos) completeVideo(video, domain, facts.capabilities);
  for (const panic of devices.panics) completePanic(panic, domain);
  for (const controller of devices.controllers) completeController(controller, domain, facts);
  for (const serial of devices.serials) completeSerial(serial, domain);
  for (const shmem of devices.shmems) completeShmem(shmem);
  for (const sound of devices.sounds) if (sound.model === 'virtio') sound.streams ??= virtioStreams;
  for (const hostdev of devices.hostdevs) completeHostdev(hostdev);
  for (const tpm of devices.tpms) completeTpm(tpm, domain);
  for (const input of devices.inputs) completeInput(input, domain);
  completeChannels(domain, facts);
  if (devices.vsock !== undefined) devices.vsock.model ??= 'virtio';
}

/** Again for what was added since: the serial device behind a console, controllers of disks. */
export function completeAddedDevices(domain: Domain, facts: QemuFacts): void {
  for (const controller of domain.devices.controllers) completeController(controller, domain, facts);
  for (const serial of domain.devices.serials) completeSerial(serial, domain);
}

/** Images are raw unless said otherwise, and QEMU serves them; a volume's format is known when it is looked up. */
function completeDisk(disk: Disk): void {
  if (isEmptySource(disk.source) && (disk.source.type === 'block' || disk.source.type === 'dir'))
    disk.source = { ...disk.source, type: 'file' };
  disk.driver ??= {};
  disk.driver.name ??= 'qemu';
  if (disk.source.type !== 'volume') disk.driver.type ??= 'raw';
  for (const encryption of encryptionsOf(disk)) encryption.engine ??= 'qemu';
}

/** Enciphered images are QEMU's to open. */
function encryptionsOf(disk: Disk): readonly { engine?: 'qemu' | 'librbd' | undefined }[] {
  const all = [disk.encryption, disk.source.encryption];
  for (let below = disk.backingStore; below !== undefined; below = below.backingStore)
    all.push(below.source?.encryption);
  return all.filter((encryption) => encryption !== undefined);
}

type Has = (flag: Parameters<QemuCapabilities['flags']['has']>[0]) => boolean;
const hasOf =
  (capabilities: QemuCapabilities | undefined): Has =>
  (flag) =>
    capabilities?.flags.has(flag) === true;

function completeInterface(entry: NetworkInterface, domain: Domain, capabilities: QemuCapabilities | undefined): void {
  if (entry.model !== undefined) entry.model.type = canonicalModel(entry.model.type);
  if (entry.model !== undefined || entry.source.type === 'hostdev') return;
  const needsVirtio =
    entry.source.type === 'vdpa' || (entry.source.type === 'vhostuser' && entry.backend?.type === 'passt');
  const type = needsVirtio ? 'virtio' : defaultNetworkModel(domain, capabilities);
  if (type !== undefined) entry.model = { type };
}

/** What a card is where its document does not say. @libvirt qemuDomainDefaultNetModel */
export function defaultNetworkModel(domain: Domain, capabilities: QemuCapabilities | undefined): string | undefined {
  const has = hasOf(capabilities);
  if (isS390(domain) || isRiscvVirt(domain) || isLoongarchVirt(domain) || isArmVirt(domain)) return 'virtio';
  if (archOf(domain).startsWith('arm') || archOf(domain) === 'aarch64') {
    return machineOf(domain) === 'versatilepb' ? 'smc91c111' : 'lan9118';
  }
  if (has('rtl8139')) return 'rtl8139';
  if (has('e1000')) return 'e1000';
  return has('virtio-net') ? 'virtio' : undefined;
}

const defaultQxlVgamem = 16 * 1024;

function completeVideo(video: Video, domain: Domain, capabilities: QemuCapabilities | undefined): void {
  if (video.model.type === 'default') video.model.type = defaultVideo(domain, hasOf(capabilities));
  if (video.model.type === 'qxl') video.model.vgamem ??= defaultQxlVgamem;
}

function defaultVideo(domain: Domain, has: Has): Video['model']['type'] {
  if (archOf(domain).startsWith('ppc64')) return 'vga';
  if (isArmVirt(domain) || isRiscvVirt(domain) || isLoongarchVirt(domain) || isS390(domain)) return 'virtio';
  if (has('cirrus-vga')) return 'cirrus';
  return has('VGA') ? 'vga' : 'default';
}

function completePanic(panic: Panic, domain: Domain): void {
  if (panic.model !== undefined && panic.model !== 'default') return;
  if (isPseries(domain)) panic.model = 'pseries';
  else if (isS390(domain)) panic.model = 's390';
  else if (isX86(domain)) panic.model = 'isa';
  else if (isArmVirt(domain)) panic.model = 'pvpanic';
  else
    throw virtError(
      'CONFIG_UNSUPPORTED',
      'no panic model provided, and no default for the architecture and machine type',
    );
}

function completeController(controller: Controller, domain: Domain, facts: QemuFacts): void {
  switch (controller.type) {
    case 'scsi':
      controller.model ??= defaultScsiModel(controller, domain, hasOf(facts.capabilities));
      break;
    case 'usb':
      controller.model ??= defaultUsbModel(domain, facts.capabilities, facts.isNew);
      if (controller.model === 'qusb1' || controller.model === 'qusb2') {
        throw virtError(
          'CONFIG_UNSUPPORTED',
          `usb controller model type 'qusb1' or 'qusb2' is not supported in ${domain.type}`,
        );
      }
      break;
    case 'pci':
      checkPciController(controller, domain);
      break;
  }
}

function defaultScsiModel(controller: Controller, domain: Domain, has: Has): Controller['model'] {
  if (controller.address?.type === 'spapr-vio' || isPseries(domain)) return 'ibmvscsi';
  if (isS390(domain)) return 'virtio-scsi';
  if (archOf(domain) === 'sparc' && has('ncr53c90')) return 'ncr53c90';
  if (has('lsi')) return 'lsilogic';
  return has('virtio-scsi-pci') ? 'virtio-scsi' : undefined;
}

function checkPciController(controller: Controller, domain: Domain): void {
  const { model } = controller;
  if (!isPseries(domain) && (model === 'pci-root' || model === 'pcie-root') && controller.index !== 0) {
    throw virtError('XML_ERROR', 'pci-root and pcie-root controllers should have index 0');
  }
  if (model === 'pci-expander-bus' && !isI440fx(domain)) {
    throw virtError(
      'CONFIG_UNSUPPORTED',
      'pci-expander-bus controllers are only supported on 440fx-based machinetypes',
    );
  }
  if (model === 'pcie-expander-bus' && !isQ35(domain) && !isArmVirt(domain)) {
    throw virtError('CONFIG_UNSUPPORTED', 'pcie-expander-bus controllers are not supported with this machine type');
  }
  checkNumaNode(controller, domain);
}

function checkNumaNode(controller: Controller, domain: Domain): void {
  const node = controller.target?.node;
  const cells = domain.cpu?.numa?.cells.length ?? 0;
  if (node === undefined || node < cells) return;
  throw virtError(
    'XML_ERROR',
    `${controller.model ?? ''} with index ${controller.index ?? 0} is configured for a NUMA node (${node}) not present in the domain's <cpu><numa> array (${cells})`,
  );
}

const serialModels = {
  'isa-serial': 'isa-serial',
  'usb-serial': 'usb-serial',
  'pci-serial': 'pci-serial',
  'spapr-vio-serial': 'spapr-vty',
  'sclp-serial': 'sclpconsole',
  'isa-debug': 'isa-debugcon',
} as const;

function completeSerial(serial: Serial, domain: Domain): void {
  serial.target ??= {};
  const { target } = serial;
  if (target.type === undefined || target.type === 'isa-serial') target.type = defaultSerialType(domain) ?? target.type;
  if (target.model !== undefined || target.type === undefined) return;
  if (target.type !== 'system-serial') target.model = serialModels[target.type];
  else if (isArmVirt(domain)) target.model = 'pl011';
  else if (isRiscvVirt(domain) || isLoongarchVirt(domain)) target.model = '16550a';
}

function defaultSerialType(domain: Domain): NonNullable<Serial['target']>['type'] {
  if (isX86(domain)) return 'isa-serial';
  if (isPseries(domain)) return 'spapr-vio-serial';
  if (isArmVirt(domain) || isRiscvVirt(domain) || isLoongarchVirt(domain)) return 'system-serial';
  return isS390(domain) ? 'sclp-serial' : undefined;
}

const virtioStreams = 2;

const defaultShmemSize = 4 * 1024;

function completeShmem(shmem: Shmem): void {
  shmem.model ??= { type: 'ivshmem' };
  if (shmem.model.type !== 'ivshmem-doorbell') shmem.size ??= defaultShmemSize;
  if (shmem.model.type === 'ivshmem-doorbell') shmem.msi ??= {};
  if (shmem.msi !== undefined) shmem.msi.ioeventfd ??= true;
}

function completeHostdev(hostdev: Hostdev): void {
  if (hostdev.source.type === 'mdev' && hostdev.model === 'vfio-pci') hostdev.display ??= false;
}

function completeInput(input: Input, domain: Domain): void {
  if (input.bus !== undefined || input.type === 'passthrough' || input.type === 'evdev') return;
  if (isX86(domain) && input.type !== 'tablet') input.bus = 'ps2';
  else input.bus = isS390(domain) ? 'virtio' : 'usb';
}

/** Versions 1.2 and 2.0 are not compatible, so one is chosen here for good. */
function completeTpm(tpm: Tpm, domain: Domain): void {
  if (tpm.model === undefined || tpm.model === 'default')
    tpm.model = archOf(domain).startsWith('ppc64') ? 'tpm-spapr' : 'tpm-tis';
  if (tpm.backend.type === 'passthrough') tpm.backend.device ??= { path: '/dev/tpm0' };
  if (tpm.backend.type !== 'emulator') return;
  const needs2 = tpm.model === 'tpm-crb' || tpm.model === 'tpm-spapr' || !isX86(domain);
  tpm.backend.version ??= needs2 ? '2.0' : '1.2';
}
