import { errorsFrom } from '@virtkit/schema';
import type { Domain, Loader, OsNvram } from '@virtkit/schema';
import type { FirmwareFacts } from '../complete/facts.js';
import type { FirmwareDescriptor } from './descriptor.js';
import { checkOs } from './check-os.js';
import { fits } from './fits.js';

const virtError = errorsFrom('QEMU');

/**
 * Chooses the firmware that a definition asks for, by descriptor, and writes down what was chosen, so that the guest keeps it.
 * @throws OPERATION_FAILED when a firmware was asked for and none fits.
 */
export function selectFirmware(domain: Domain, facts: FirmwareFacts, options: { readonly isNew: boolean }): void {
  const { os } = domain;
  if (options.isNew) checkOs(domain);
  checkFormats(os.loader, os.nvram);
  if (
    os.firmware === undefined &&
    (os.loader === undefined || os.loader.type === 'rom' || os.loader.type === undefined)
  ) {
    completeRom(os.loader);
    dropEmptyNvram(domain);
    return;
  }
  const wanted = os.firmware;
  const found = facts.descriptors.find((descriptor) => fits(descriptor, domain, options));
  if (found !== undefined) applyDescriptor(domain, found);
  else if (wanted === undefined) applyLegacy(domain, facts);
  else fail(domain, wanted);
  if (os.loader !== undefined) os.loader.format ??= 'raw';
  ensureNvram(domain, facts.nvramDirectory, { isNew: options.isNew, isManual: wanted === undefined });
  dropEmptyNvram(domain);
}

/** A loader of no type is a ROM. */
function completeRom(loader: Loader | undefined): void {
  if (loader === undefined || loader.type === 'rom') return;
  loader.type = 'rom';
  loader.format ??= 'raw';
}

function fail(domain: Domain, wanted: string): never {
  if (domain.os.loader !== undefined) domain.os.loader.format ??= 'raw';
  throw virtError(
    'OPERATION_FAILED',
    `Unable to find '${wanted}' firmware that is compatible with the current configuration`,
  );
}

function checkFormats(loader: Loader | undefined, nvram: OsNvram | undefined): void {
  if (loader?.format !== undefined && !isImageFormat(loader.format)) {
    throw virtError('CONFIG_UNSUPPORTED', `Unsupported loader format '${loader.format}'`);
  }
  if (nvram?.format !== undefined && !isImageFormat(nvram.format)) {
    throw virtError('CONFIG_UNSUPPORTED', `Unsupported nvram format '${nvram.format}'`);
  }
}

const isImageFormat = (format: string): format is 'raw' | 'qcow2' => format === 'raw' || format === 'qcow2';

function applyDescriptor(domain: Domain, { mapping, interfaces, features }: FirmwareDescriptor): void {
  const { os } = domain;
  const loader = (os.loader ??= {});
  if (mapping.device === 'flash') {
    loader.type = 'pflash';
    if (mapping.mode !== 'combined') loader.readonly = true;
    if (isImageFormat(mapping.executable.format)) loader.format = mapping.executable.format;
    loader.path = mapping.executable.filename;
    if (mapping.mode === 'split' && mapping.nvramTemplate !== undefined) applyTemplate(domain, mapping.nvramTemplate);
  } else {
    loader.type = 'rom';
    loader.format = 'raw';
    loader.path = mapping.filename;
  }
  if (features.includes('requires-smm')) {
    domain.features ??= {};
    domain.features.smm = { ...domain.features.smm, state: true };
    loader.secure = true;
  }
  os.firmware ??= interfaces.includes('uefi') ? 'efi' : 'bios';
  const has = (name: 'enrolled-keys' | 'secure-boot') => ({ enabled: features.includes(name), name });
  const usesTemplate = os.nvram === undefined || isLocal(os.nvram);
  os.firmwareFeatures = { features: [...(usesTemplate ? [has('enrolled-keys')] : []), has('secure-boot')] };
}

/** A template can only be copied to a file of this host. */
const isLocal = (nvram: OsNvram): boolean =>
  nvram.source === undefined || ['file', 'block', 'dir'].includes(nvram.source.type);

function applyTemplate(domain: Domain, template: { readonly filename: string; readonly format: string }): void {
  const nvram = (domain.os.nvram ??= {});
  if (!isImageFormat(template.format)) return;
  if (nvram.source === undefined) nvram.format = template.format;
  else nvram.format ??= template.format;
  if (!isLocal(nvram)) return;
  nvram.template = template.filename;
  nvram.templateFormat = template.format;
}

/** Pairs that older hosts have in the driver's configuration. */
function applyLegacy(domain: Domain, { legacy }: FirmwareFacts): void {
  const { loader } = domain.os;
  const pair = legacy.find(({ path }) => path === loader?.path);
  if (pair === undefined || loader?.readonly !== true || loader.stateless === true) return;
  const named = (domain.os.nvram ??= {});
  named.template ??= pair.nvramTemplate;
  named.templateFormat ??= 'raw';
}

/**
 * Where the guest's variables are kept: as the template is, else as the firmware is. A format that a document gives
 * without a place is for choosing a firmware alone.
 */
function ensureNvram(
  domain: Domain,
  directory: string,
  { isNew, isManual }: { readonly isNew: boolean; readonly isManual: boolean },
): void {
  const { os } = domain;
  const { loader } = os;
  if (loader?.type !== 'pflash' || loader.readonly !== true || loader.stateless === true) return;
  const nvram = (os.nvram ??= {});
  if (isNew && isManual && nvram.source === undefined) delete nvram.format;
  nvram.format ??= nvram.templateFormat ?? loader.format ?? 'raw';
  if (nvram.source !== undefined) return;
  const suffix = suffixOf(nvram, isNew);
  nvram.source = { type: 'file', file: `${directory}/${domain.name}_VARS${suffix}`, seclabels: [] };
}

/** Variables that nothing is said of. */
function dropEmptyNvram({ os }: Domain): void {
  if (Object.values(os.nvram ?? {}).every((value) => value === undefined)) delete os.nvram;
}

function suffixOf(nvram: OsNvram, isNew: boolean): string {
  if (nvram.format === 'qcow2') return '.qcow2';
  return isNew && nvram.template?.endsWith('.raw') === true ? '.raw' : '.fd';
}
