import type { Domain, Panic, Tpm, Watchdog } from '@virtkit/schema';
import type { QemuFacts } from '../complete/facts.js';
import { archOf, isI440fx, isQ35, isS390, isX86 } from '../complete/machine.js';
import { unsupported } from './refuse.js';

export function checkWatchdogs(domain: Domain): void {
  for (const watchdog of domain.devices.watchdogs) checkWatchdog(watchdog, domain);
}

export function checkPanics(domain: Domain): void {
  for (const panic of domain.devices.panics) checkPanic(panic, domain);
}

export function checkInputs({ devices }: Domain): void {
  for (const { type, bus, model } of devices.inputs) {
    const isOld = model === 'virtio-transitional' || model === 'virtio-non-transitional';
    if (bus === 'virtio' && isOld && type !== 'passthrough') {
      unsupported(`virtio (non-)transitional models are not supported for input type=${type}`);
    }
  }
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
      if (!isS390(domain)) unsupported('diag288 model of watchdog is allowed for s390 and s390x only');
  }
}

/** QEMU does one thing when any of them fires. */
export function checkWatchdogActions({ devices }: Domain): void {
  const [first, ...others] = devices.watchdogs;
  if (others.some(({ action }) => action !== first?.action))
    unsupported('watchdogs with different actions are not supported with this QEMU binary');
}

export function checkTpmCount({ devices }: Domain): void {
  if (devices.tpms.filter(({ model }) => model !== 'spapr-tpm-proxy').length > 1)
    unsupported('only a single TPM non-proxy device is supported');
}

export function checkTpms(domain: Domain, facts: QemuFacts): void {
  for (const tpm of domain.devices.tpms) checkTpm(tpm, domain, facts);
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

/** Xen's balloon is Xen's. */
export function checkBalloon({ devices: { memballoon } }: Domain): void {
  if (memballoon?.model === 'xen')
    unsupported(`Memory balloon device type '${memballoon.model}' is not supported by this version of qemu`);
}
