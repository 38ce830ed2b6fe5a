import type { Controller, Disk, Domain, DeviceInfo, MemoryDevice } from '@virtkit/schema';
import { isI440fx, isPseries, isQ35 } from './architecture.js';

type Named = Pick<DeviceInfo, 'alias'>;

/**
 * Names every device of a guest that is about to start, as QEMU and clients know it. Names given by the user stay.
 * Changes the definition: it is the running guest's own copy.
 */
export function assignAliases(domain: Domain): void {
  const { devices } = domain;
  for (const disk of devices.disks) disk.alias ??= diskAlias(disk, domain);
  assignNext(
    devices.interfaces.filter(({ source }) => source.type !== 'hostdev'),
    'net',
  );
  assignNumbers(devices.filesystems, 'fs');
  assignNumbers(devices.sounds, 'sound');
  assignNext([...devices.interfaces.filter(({ source }) => source.type === 'hostdev'), ...devices.hostdevs], 'hostdev');
  assignNumbers(devices.redirdevs, 'redir');
  assignNumbers(devices.videos, 'video');
  for (const controller of devices.controllers) controller.alias ??= controllerName(controller, domain);
  assignNumbers(devices.inputs, 'input');
  assignNumbers(devices.parallels, 'parallel');
  assignNumbers(devices.serials, 'serial');
  assignNumbers(devices.channels, 'channel');
  assignNumbers(devices.consoles, 'console');
  assignNumbers(devices.hubs, 'hub');
  assignNumbers(devices.shmems, 'shmem');
  assignNumbers(devices.smartcards, 'smartcard');
  assignSingle(devices.memballoon, 'balloon0');
  assignNext(devices.rngs, 'rng');
  assignNumbers(devices.tpms, 'tpm');
  for (const memory of devices.memory) memory.alias ??= memoryAlias(memory, devices.memory);
  assignNumbers(devices.watchdogs, 'watchdog');
  assignSingle(devices.vsock, 'vsock0');
  assignNext(devices.cryptos, 'crypto');
  assignSingle(devices.iommu, 'iommu0');
  assignSingle(devices.pstore, 'pstore0');
}

const assignSingle = (device: Named | undefined, alias: string): void => {
  if (device) device.alias ??= alias;
};

/** Numbers by place in the document. */
const assignNumbers = (devices: readonly Named[], prefix: string): void => {
  for (const [index, device] of devices.entries()) device.alias ??= `${prefix}${index}`;
};

/** Numbers behind the highest there is. */
const assignNext = (devices: readonly Named[], prefix: string): void => {
  for (const device of devices) device.alias ??= nextAlias(devices, prefix);
};

/** The next free name with this prefix, for a device that is plugged in. */
export function nextAlias(devices: readonly Named[], prefix: string): string {
  const numbers = devices.map(({ alias }) =>
    Number(alias?.startsWith(prefix) ? alias.slice(prefix.length) || Number.NaN : Number.NaN),
  );
  return `${prefix}${Math.max(-1, ...numbers.filter((number) => Number.isInteger(number))) + 1}`;
}

/** A disk is named after its place, or after its target where it has none. */
export function diskAlias(disk: Disk, domain: Domain): string {
  const prefix = disk.target.bus ?? 'disk';
  if (disk.address?.type !== 'drive') return `${prefix}-disk${diskNumber(disk.target.dev)}`;
  const { controller, bus, target, unit } = disk.address;
  if (prefix !== 'scsi') return `${prefix}${controller}-${bus}-${unit}`;
  const model = domain.devices.controllers.find(({ type, index }) => type === 'scsi' && index === controller)?.model;
  return model === 'lsilogic' ? `scsi${controller}-${bus}-${unit}` : `scsi${controller}-${bus}-${target}-${unit}`;
}

/** Number behind a target's letters: `vda` 0, `vdz` 25, `vdaa` 26. */
export function diskNumber(target: string): number {
  const letters = /^(?:fd|hd|vd|sd|xvd|ubd)([a-z]+)\d*$/.exec(target)?.[1] ?? '';
  return [...letters].reduce((sum, letter) => sum * 26 + (letter.charCodeAt(0) - 96), 0) - 1;
}

/** Buses of the machine itself have the names QEMU gives them. */
export function controllerName(controller: Controller, domain: Domain): string {
  const { type, model, index } = controller;
  if (type === 'pci') return model === 'pcie-root' ? `pcie.${index}` : hasOnePciBus(domain) ? 'pci' : `pci.${index}`;
  if (type === 'usb' && index === 0) return 'usb';
  return builtInName(controller, domain) ?? `${type}${index}`;
}

/** QEMU's name of a disk controller that the machine brings along, whatever the document calls it. */
export function builtInName({ type, index }: Controller, domain: Domain): string | undefined {
  if (index !== 0) return undefined;
  if (type === 'ide' && hasBuiltInIde(domain)) return 'ide';
  if (type === 'sata' && isQ35(domain)) return 'ide';
  return type === 'scsi' && hasBuiltInScsi(domain) ? 'scsi' : undefined;
}

const onePciBus = ['versatilepb', 'versatileab', 'realview-eb', 'realview-eb-mpcore'];

/** Machines whose only bus has no number. */
function hasOnePciBus(domain: Domain): boolean {
  const { arch = '', machine = '' } = domain.os.type;
  if (arch.startsWith('ppc'))
    return !isPseries(domain) && !/^(ppce500|prep|bamboo|mac99|g3beige|powernv)/.test(machine);
  return onePciBus.includes(machine);
}

const hasBuiltInIde = (domain: Domain): boolean =>
  isI440fx(domain) || ['malta', 'sun4u', 'g3beige', 'mac99', 'fuloong2e'].includes(domain.os.type.machine ?? '');

const hasBuiltInScsi = ({ os }: Domain): boolean => os.type.arch === 'sparc';

const memoryPrefixes: Readonly<Record<string, string>> = {
  dimm: 'dimm',
  nvdimm: 'nvdimm',
  'virtio-pmem': 'virtiopmem',
  'virtio-mem': 'virtiomem',
  'sgx-epc': 'epc',
};

/** Modules are numbered by their slot. */
function memoryAlias(memory: MemoryDevice, all: readonly MemoryDevice[]): string {
  const prefix = memoryPrefixes[memory.model] ?? memory.model;
  return memory.address?.type === 'dimm' ? `${prefix}${memory.address.slot}` : nextAlias(all, prefix);
}
