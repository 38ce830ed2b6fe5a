import type { Domain, Filesystem, Panic, Tpm, Watchdog } from '@virtkit/schema';
import type { QemuFacts } from '../complete/facts.js';
import { archOf, isI440fx, isQ35, isS390, isX86 } from '../complete/machine.js';
import { hasSharedMemory } from './shared-memory.js';
import { has, unsupported } from './refuse.js';

/** Devices with few rules. */
export function checkSmallDevices(domain: Domain, facts: QemuFacts): void {
  const { devices } = domain;
  for (const watchdog of devices.watchdogs) checkWatchdog(watchdog, domain);
  checkWatchdogActions(devices.watchdogs);
  checkTpms(devices.tpms, domain, facts);
  for (const filesystem of devices.filesystems) checkFilesystem(filesystem, domain, facts);
  for (const panic of devices.panics) checkPanic(panic, domain);
  for (const { type, bus, model } of devices.inputs) {
    const isOld = model === 'virtio-transitional' || model === 'virtio-non-transitional';
    if (bus === 'virtio' && isOld && type !== 'passthrough') {
      unsupported(`virtio (non-)transitional models are not supported for input type=${type}`);
    }
  }
  for (const { model } of devices.shmems)
    if (model?.type === 'ivshmem') unsupported('ivshmem device is not supported with this QEMU binary');
}

function checkWatchdog({ model, address }: Watchdog, domain: Domain): void {
  switch (model) {
    case 'i6300esb':
      if (address !== undefined && address.type !== 'pci')
        unsupported('i6300esb model of watchdog can go on PCI bus only');
      break;
    case 'ib700':
      if (!isI440fx(domain)) unsupported('ib700 model of watchdog cannot be used with this machine type');
      if (address !== undefined) unsupported('ib700 model of watchdog does not support configuring the address');
      break;
    case 'itco':
      if (address !== undefined) unsupported('iTCO model of watchdog does not support configuring the address');
      if (!isQ35(domain)) unsupported('iTCO model of watchdog is only part of q35 machine type');
      break;
    case 'diag288':
      if (!isS390(domain)) unsupported('diag288 model of watchdog is supported only on s390');
  }
}

/** QEMU does one thing when any of them fires. */
function checkWatchdogActions(watchdogs: readonly Watchdog[]): void {
  const [first, ...others] = watchdogs;
  if (others.some(({ action }) => action !== first?.action))
    unsupported('watchdogs with different actions are not supported with this QEMU binary');
}

function checkTpms(tpms: readonly Tpm[], domain: Domain, facts: QemuFacts): void {
  if (tpms.filter(({ model }) => model !== 'spapr-tpm-proxy').length > 1)
    unsupported('only a single TPM non-proxy device is supported');
  for (const tpm of tpms) checkTpm(tpm, domain, facts);
}

function checkTpm({ model, backend }: Tpm, domain: Domain, { host }: QemuFacts): void {
  if (backend.type !== 'emulator') return;
  if (backend.version === '1.2') {
    if (model === 'tpm-crb') unsupported("TPM 1.2 is not supported for model 'tpm-crb'");
    if (!isX86(domain)) unsupported(`TPM 1.2 is not supported on architecture '${archOf(domain)}'`);
  }
  if (backend.version !== undefined && host.tpmVersions?.includes(backend.version) === false) {
    unsupported(`TPM version '${backend.version}' is not supported`);
  }
}

function checkFilesystem(filesystem: Filesystem, domain: Domain, facts: QemuFacts): void {
  const { source, driver, accessmode } = filesystem;
  if (source.type !== 'mount') unsupported('only supports mount filesystem type');
  switch (driver?.type) {
    case 'handle':
      if ((accessmode ?? 'passthrough') !== 'passthrough') unsupported('only supports passthrough accessmode');
      break;
    case 'loop':
    case 'nbd':
    case 'ploop':
      unsupported('Filesystem driver type not supported');
      break;
    case 'virtiofs':
      checkVirtiofs(filesystem, domain, facts);
      return;
  }
  const hasModes = filesystem.fmode !== undefined || filesystem.dmode !== undefined;
  if (hasModes && accessmode !== 'mapped') unsupported('fmode and dmode must be used with accessmode=mapped');
}

function checkVirtiofs(filesystem: Filesystem, domain: Domain, facts: QemuFacts): void {
  if (!has(facts, 'vhost-user-fs')) unsupported('virtiofs is not supported with this QEMU binary');
  if (filesystem.accessmode !== undefined && filesystem.accessmode !== 'passthrough') {
    unsupported('virtiofs only supports passthrough accessmode');
  }
  if (filesystem.driver?.wrpolicy !== undefined && filesystem.driver.wrpolicy !== 'default')
    unsupported('virtiofs does not support wrpolicy');
  if (filesystem.model !== undefined) unsupported(`virtiofs does not support model ${filesystem.model}`);
  if (filesystem.driver?.format !== undefined) unsupported('virtiofs does not support format');
  if (filesystem.fmode !== undefined || filesystem.dmode !== undefined)
    unsupported('virtiofs does not support fmode and dmode');
  if (filesystem.multidevs !== undefined && filesystem.multidevs !== 'default')
    unsupported('virtiofs does not support multidevs');
  if (!hasSharedMemory(domain)) unsupported("'virtiofs' requires shared memory");
}

function checkPanic({ model, address }: Panic, domain: Domain): void {
  if (model === 'isa' && address !== undefined && address.type !== 'isa')
    unsupported('panic is supported only with ISA address type');
  if (model === 'pvpanic' && address !== undefined && address.type !== 'pci')
    unsupported('pvpanic is supported only with PCI address type');
  if (model === 'hyperv' && !isX86(domain)) unsupported('only x86 guests support hyperv panic devices');
  if ((model === 'hyperv' || model === 's390' || model === 'pseries') && address !== undefined) {
    unsupported(`setting the panic device address is not supported for model '${model}'`);
  }
}
