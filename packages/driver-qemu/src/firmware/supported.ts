import type { FirmwareDescriptor, FirmwareInterface } from './descriptor.js';

/** A file name pattern with `*`, `?` and `[…]` as shells know them, for names without slashes. */
function matchesPattern(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.')
    .replace(/\[!/g, '[^');
  try {
    return new RegExp(`^${source}$`, 's').test(text);
  } catch {
    return pattern === text; // no pattern: itself
  }
}

/** Whether a build is meant for a machine type (by its full name, not an alias). */
export const isForMachine = (descriptor: FirmwareDescriptor, architecture: string, machine: string): boolean =>
  descriptor.targets.some(
    (target) =>
      target.architecture === architecture && target.machines.some((pattern) => matchesPattern(pattern, machine)),
  );

/** What descriptors offer for a machine type. */
export interface SupportedFirmware {
  /** Whether secure boot, with its variables protected by system management mode, is possible. */
  readonly secure: boolean;
  readonly interfaces: readonly ('bios' | 'efi')[];
  /** Images in order of preference, each once. */
  readonly images: readonly { readonly path: string; readonly nvramTemplate?: string }[];
}

const documentNames: Readonly<Partial<Record<FirmwareInterface, 'bios' | 'efi'>>> = { bios: 'bios', uefi: 'efi' };

/** Sums up what is offered for a machine type; only builds that QEMU can map are named. */
export function supportedFirmware(
  descriptors: readonly FirmwareDescriptor[],
  architecture: string,
  machine: string,
): SupportedFirmware {
  const fitting = descriptors.filter((descriptor) => isForMachine(descriptor, architecture, machine));
  const interfaces = fitting.flatMap((descriptor) => descriptor.interfaces.map((name) => documentNames[name]));
  return {
    secure: fitting.some(isSecure),
    interfaces: (['bios', 'efi'] as const).filter((name) => interfaces.includes(name)),
    images: uniqueImages(fitting),
  };
}

const isSecure = (descriptor: FirmwareDescriptor): boolean =>
  descriptor.features.includes('secure-boot') && descriptor.features.includes('requires-smm');

function uniqueImages(descriptors: readonly FirmwareDescriptor[]): SupportedFirmware['images'] {
  const images = new Map<string, { readonly path: string; readonly nvramTemplate?: string }>();
  for (const { mapping } of descriptors) {
    if (mapping.device === 'memory') images.set(mapping.filename, { path: mapping.filename });
    if (mapping.device !== 'flash' || mapping.mode === 'combined') continue;
    const [path, nvramTemplate] = [mapping.executable.filename, mapping.nvramTemplate?.filename];
    const key = `${path}\n${nvramTemplate ?? ''}`;
    if (!images.has(key)) images.set(key, nvramTemplate === undefined ? { path } : { path, nvramTemplate });
  }
  return [...images.values()];
}
