import { asList, asObject, asTexts, textOf } from '../capabilities/answers.js';

/** What a firmware descriptor says of one build (QEMU's interop format `firmware.json`). */
export interface FirmwareDescriptor {
  readonly interfaces: readonly FirmwareInterface[];
  readonly mapping: FirmwareMapping;
  readonly targets: readonly FirmwareTarget[];
  readonly features: readonly FirmwareFeature[];
}

export type FirmwareInterface = 'bios' | 'openfirmware' | 'uboot' | 'uefi';

export type FirmwareMapping =
  | {
      readonly device: 'flash';
      readonly mode: 'split' | 'combined' | 'stateless';
      readonly executable: FirmwareImage;
      /** Only with mode `split`. */
      readonly nvramTemplate?: FirmwareImage;
    }
  | { readonly device: 'memory' | 'kernel'; readonly filename: string };

export interface FirmwareImage {
  readonly filename: string;
  readonly format: string;
}

export interface FirmwareTarget {
  /** In the names of domain documents. */
  readonly architecture: string;
  /** Machine names with `*` and `?`. */
  readonly machines: readonly string[];
}

const features = [
  'acpi-s3',
  'acpi-s4',
  'amd-sev',
  'amd-sev-es',
  'amd-sev-snp',
  'enrolled-keys',
  'intel-tdx',
  'requires-smm',
  'secure-boot',
  'verbose-dynamic',
  'verbose-static',
] as const;
export type FirmwareFeature = (typeof features)[number];

const interfaces: readonly string[] = ['bios', 'openfirmware', 'uboot', 'uefi'] satisfies readonly FirmwareInterface[];
const modes: readonly string[] = ['split', 'combined', 'stateless'];
const architectures: Readonly<Record<string, string>> = { i386: 'i686', arm: 'armv7l' };

/** Reads a descriptor; undefined when the text is none. Unknown features are left out. */
export function parseDescriptor(text: string): FirmwareDescriptor | undefined {
  const document = parseObject(text);
  if (document === undefined) return undefined;
  const mapping = readMapping(document['mapping']);
  const found = asTexts(document['interface-types']);
  if (mapping === undefined || found.length === 0 || !found.every(isInterface)) return undefined;
  return {
    interfaces: found,
    mapping,
    targets: asList(document['targets']).map((target) => ({
      architecture: architectureName(textOf(target['architecture']) ?? ''),
      machines: asTexts(target['machines']),
    })),
    features: asTexts(document['features']).filter(isFeature),
  };
}

function parseObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined; // not JSON: not a descriptor
  }
}

const isInterface = (text: string): text is FirmwareInterface => interfaces.includes(text);
const isFeature = (text: string): text is FirmwareFeature => (features as readonly string[]).includes(text);
const architectureName = (name: string): string => architectures[name] ?? name;

function readMapping(value: unknown): FirmwareMapping | undefined {
  const mapping = asObject(value);
  const device = mapping?.['device'];
  if (mapping === undefined) return undefined;
  if (device === 'flash') return readFlash(mapping);
  const filename = textOf(mapping['filename']);
  return (device === 'memory' || device === 'kernel') && filename !== undefined ? { device, filename } : undefined;
}

function readFlash(mapping: Readonly<Record<string, unknown>>): FirmwareMapping | undefined {
  const mode = textOf(mapping['mode']) ?? 'split';
  const executable = readImage(mapping['executable']);
  if (executable === undefined || !isMode(mode)) return undefined;
  if (mode !== 'split') return { device: 'flash', mode, executable };
  const nvramTemplate = readImage(mapping['nvram-template']);
  return nvramTemplate === undefined ? undefined : { device: 'flash', mode, executable, nvramTemplate };
}

const isMode = (text: string): text is 'split' | 'combined' | 'stateless' => modes.includes(text);

function readImage(value: unknown): FirmwareImage | undefined {
  const image = asObject(value);
  const [filename, format] = [textOf(image?.['filename']), textOf(image?.['format'])];
  return filename === undefined || format === undefined ? undefined : { filename, format };
}

/** The descriptor in its published form, without what has no effect (description, tags). */
export function descriptorDocument(descriptor: FirmwareDescriptor): object {
  return {
    'interface-types': descriptor.interfaces,
    mapping: mappingDocument(descriptor.mapping),
    targets: descriptor.targets.map(({ architecture, machines }) => ({
      architecture: publishedName(architecture),
      machines,
    })),
    features: descriptor.features,
  };
}

const publishedName = (architecture: string): string =>
  Object.entries(architectures).find(([, name]) => name === architecture)?.[0] ?? architecture;

function mappingDocument(mapping: FirmwareMapping): object {
  if (mapping.device !== 'flash') return mapping;
  const { device, mode, executable, nvramTemplate } = mapping;
  return { device, mode, executable, ...(nvramTemplate === undefined ? {} : { 'nvram-template': nvramTemplate }) };
}
