import type { Domain, Loader } from '@virtkit/schema';
import { archOf, machineOf } from '../complete/machine.js';
import type { FirmwareDescriptor, FirmwareFeature, FirmwareMapping } from './descriptor.js';
import { isForMachine } from './supported.js';

/** Whether a firmware build is what a definition asks for. */
export function fits(descriptor: FirmwareDescriptor, domain: Domain, options: { readonly isNew: boolean }): boolean {
  return (
    fitsInterface(descriptor, domain) &&
    isForMachine(descriptor, archOf(domain), machineOf(domain)) &&
    fitsPaths(descriptor.mapping, domain) &&
    fitsPower(descriptor, domain) &&
    fitsFeatures(descriptor, domain) &&
    fitsMapping(descriptor.mapping, domain, options) &&
    fitsSecurity(descriptor, domain)
  );
}

function fitsInterface({ interfaces }: FirmwareDescriptor, { os }: Domain): boolean {
  if (os.firmware === 'efi') return interfaces.includes('uefi');
  if (os.firmware === 'bios') return interfaces.includes('bios');
  return os.loader?.type === 'pflash' ? interfaces.includes('uefi') : interfaces.includes('bios');
}

function fitsPaths(mapping: FirmwareMapping, { os }: Domain): boolean {
  const path = mapping.device === 'flash' ? mapping.executable.filename : mapping.filename;
  if (os.loader?.path !== undefined && os.loader.path !== path) return false;
  const template = mapping.device === 'flash' ? mapping.nvramTemplate?.filename : undefined;
  return os.nvram?.template === undefined || mapping.device !== 'flash' || os.nvram.template === template;
}

const has = ({ features }: FirmwareDescriptor, feature: FirmwareFeature): boolean => features.includes(feature);

const fitsPower = (descriptor: FirmwareDescriptor, { pm }: Domain): boolean =>
  !(pm?.suspendToMem === true && !has(descriptor, 'acpi-s3')) &&
  !(pm?.suspendToDisk === true && !has(descriptor, 'acpi-s4'));

function fitsFeatures(descriptor: FirmwareDescriptor, { os, features }: Domain): boolean {
  const asked = (name: 'secure-boot' | 'enrolled-keys'): boolean | undefined =>
    os.firmwareFeatures?.features.find((entry) => entry.name === name)?.enabled;
  for (const name of ['secure-boot', 'enrolled-keys'] as const) {
    const wanted = asked(name);
    if (wanted !== undefined && wanted !== has(descriptor, name)) return false;
  }
  if (features?.smm?.state === false && has(descriptor, 'requires-smm')) return false;
  const secure = os.loader?.secure;
  return secure === undefined || secure === has(descriptor, 'requires-smm');
}

function fitsMapping(mapping: FirmwareMapping, domain: Domain, options: { readonly isNew: boolean }): boolean {
  const { loader } = domain.os;
  if (mapping.device !== 'flash') return mapping.device === 'memory' && fitsMemory(loader);
  if (loader?.type !== undefined && loader.type !== 'pflash') return false;
  const mode = loader?.stateless === true ? 'stateless' : 'split';
  if (mapping.mode !== mode) return false;
  if (loader?.readonly === false) return false;
  return fitsFormat(mapping, domain, options);
}

const fitsMemory = (loader: Loader | undefined): boolean =>
  (loader?.type === undefined || loader.type === 'rom') && loader?.stateless !== false && loader?.readonly !== false;

/** A definition that was saved without a format means raw images; a new one takes what the descriptors prefer. */
function fitsFormat(
  mapping: Extract<FirmwareMapping, { device: 'flash' }>,
  { os }: Domain,
  { isNew }: { readonly isNew: boolean },
): boolean {
  const { executable, nvramTemplate } = mapping;
  if (!['raw', 'qcow2'].includes(executable.format)) return false;
  const wanted = os.loader?.format ?? (isNew ? undefined : (os.nvram?.format ?? 'raw'));
  if (wanted !== undefined && executable.format !== wanted) return false;
  if (nvramTemplate === undefined) return true;
  if (!['raw', 'qcow2'].includes(nvramTemplate.format)) return false;
  const choosing = isNew && os.loader?.path === undefined;
  return !choosing || os.nvram?.format === undefined || nvramTemplate.format === os.nvram.format;
}

const encryptedState = 0x04;

function fitsSecurity(descriptor: FirmwareDescriptor, { launchSecurity }: Domain): boolean {
  if (launchSecurity === undefined) return true;
  if (launchSecurity.type === 'sev-snp') return has(descriptor, 'amd-sev-snp');
  if (launchSecurity.type !== 'sev') return true;
  const needsState = ((launchSecurity.policy ?? 0) & encryptedState) !== 0;
  return has(descriptor, 'amd-sev') && (!needsState || has(descriptor, 'amd-sev-es'));
}
