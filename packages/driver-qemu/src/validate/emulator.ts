import type { Domain } from '@virtkit/schema';
import { acceleratorOf, findMachine } from '../capabilities/qemu-capabilities.js';
import type { QemuFacts } from '../complete/facts.js';
import { archOf, isQ35, isX86, machineOf } from '../complete/machine.js';
import { unsupported } from './refuse.js';

/** Whether the binary can run such guests at all. */
export function checkEmulator(domain: Domain, { capabilities }: QemuFacts): void {
  const emulator = `Emulator '${domain.devices.emulator ?? ''}'`;
  if (domain.os.type.name !== 'hvm') unsupported(`${emulator} does not support os type '${domain.os.type.name}'`);
  if (capabilities === undefined) return;
  const arch = archOf(domain);
  if (!runsArch(capabilities.arch, arch)) unsupported(`${emulator} does not support arch '${arch}'`);
  const isKnown = ['qemu', 'kvm', 'hvf'].includes(domain.type);
  if (!isKnown || capabilities.accelerators[acceleratorOf(domain.type)] === undefined) {
    unsupported(`${emulator} does not support virt type '${domain.type}'`);
  }
  const machine = machineOf(domain);
  if (findMachine(capabilities, domain.type, machine) === undefined)
    unsupported(`${emulator} does not support machine type '${machine}'`);
}

/** QEMU's firmware boots its guests. */
export function checkBootloader({ bootloader, bootloaderArgs }: Domain): void {
  if (bootloader !== undefined || bootloaderArgs !== undefined) unsupported('bootloader is not supported by QEMU');
}

/** 64-bit binaries run the 32-bit form too. */
const runsArch = (own: string, wanted: string): boolean =>
  own === wanted ||
  (own === 'x86_64' && wanted === 'i686') ||
  (own === 'aarch64' && wanted === 'armv7l') ||
  (own === 'ppc64' && wanted === 'ppc64le');

/** UEFI describes the machine by ACPI. */
export function checkFirmware(domain: Domain): void {
  const { os, features } = domain;
  const isUefi = os.firmware === 'efi' || os.loader?.type === 'pflash';
  if (isX86(domain) && isUefi && features?.acpi !== true) unsupported('UEFI requires ACPI on this architecture');
  const needsUefi = archOf(domain) === 'aarch64';
  if (needsUefi && features?.acpi === true && !isUefi && os.firmware === undefined)
    unsupported('ACPI requires UEFI on this architecture');
}

/** Tables that bring their own addresses are Xen's. */
export function checkAcpiTables({ os }: Domain): void {
  const other = os.acpi?.tables.find(({ type }) => type === 'rawset');
  if (other !== undefined) unsupported(`ACPI table type '${other.type}' is not supported`);
}

/** Firmware that checks signatures is kept from the guest by SMM. */
export function checkSecureBoot(domain: Domain): void {
  const { os, features } = domain;
  if (os.loader?.secure !== true) return;
  if (!isQ35(domain)) unsupported('Secure boot is supported with q35 machine types only');
  if (archOf(domain) !== 'x86_64') unsupported('Secure boot is supported for x86_64 architecture only');
  if (os.firmware === undefined && features?.smm?.state !== true)
    unsupported('Secure boot requires SMM feature enabled');
}
