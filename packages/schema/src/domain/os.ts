import {
  attr,
  attributeOf,
  childOf,
  content,
  element,
  escapeText,
  type FieldsOf,
  int,
  list,
  oneOf,
  optAttr,
  optChild,
  optContent,
  optList,
  optText,
  type ReadContext,
  text,
  textOf,
  uint,
  violated,
  virtual,
  within,
  type WriteContext,
  type XmlNode,
  yesNo,
} from '@virtkit/xml';
import { errorsFrom } from '../errors/virt-error.js';
import { refuse, unsupported } from '../values/failures.js';

const domainError = errorsFrom('DOMAIN');

import { storageFormats } from './devices/disk.js';
import { storageSourceOrFile } from './devices/storage-source-element.js';
import type { StorageSource } from './devices/storage-source.js';
import { checkFirst } from '../values/check-first.js';
import { absolutePath } from '../values/paths.js';
import { firstRepeated } from '../values/repeated.js';

const architecture = oneOf(
  'alpha',
  'armv6l',
  'armv7l',
  'armv7b',
  'aarch64',
  'cris',
  'i686',
  'ia64',
  'lm32',
  'loongarch64',
  'm68k',
  'microblaze',
  'microblazeel',
  'mips',
  'mipsel',
  'mips64',
  'mips64el',
  'openrisc',
  'parisc',
  'parisc64',
  'ppc',
  'ppcle',
  'ppc64',
  'ppc64le',
  'ppcemb',
  'riscv32',
  'riscv64',
  's390',
  's390x',
  'sh4',
  'sh4eb',
  'sparc',
  'sparc64',
  'unicore32',
  'x86_64',
  'xtensa',
  'xtensaeb',
);
/** Whether this is a name of an architecture at all. */
export const isArchitecture = (name: string): boolean => architecture.parse(name) !== undefined;

/** Architectures of guests. */
export type Architecture = NonNullable<ReturnType<typeof architecture.parse>>;
const osTypes = oneOf('hvm', 'xen', 'linux', 'exe', 'uml', 'xenpvh');
const archOfGuest = optAttr(architecture, { emptyIsAbsent: true, ...unsupported('Unknown architecture $') });
const nameOfType = optContent(osTypes, unsupported("unknown OS type '$'"));
const typeRows = {
  $name: checkFirst('name', nameOfType),
  arch: archOfGuest,
  machine: optAttr(text),
  name: nameOfType,
};
/** `<type>`: `name` is its text (`hvm`, `exe`, `linux`, …); completion fills in the others. */
export interface OsType extends Omit<FieldsOf<typeof typeRows>, 'name' | 'arch'> {
  name: NonNullable<FieldsOf<typeof typeRows>['name']> | '';
  arch?: string | undefined;
}
export const osType = element<OsType>('type', typeRows, {
  refine: (value) => {
    value.name ??= '';
  },
});

const featureName = attr(oneOf('enrolled-keys', 'secure-boot'));
const featureRows = { $name: checkFirst('name', featureName), enabled: attr(yesNo), name: featureName };
export interface FirmwareFeature extends FieldsOf<typeof featureRows> {}
const firmwareRows = { features: list(element<FirmwareFeature>('feature', featureRows)) };
/** `<firmware>` inside `<os>`: what is asked of it. */
export interface FirmwareFeatures extends FieldsOf<typeof firmwareRows> {}

const loaderRows = {
  readonly: optAttr(yesNo),
  secure: optAttr(yesNo),
  type: optAttr(oneOf('rom', 'pflash')),
  stateless: optAttr(yesNo),
  format: optAttr(storageFormats),
  path: optContent(absolutePath),
};
/** `<loader>`: the firmware's image. */
export interface Loader extends FieldsOf<typeof loaderRows> {}

/**
 * `<nvram>`: where the firmware keeps its variables. A plain path is a source of type `file`; `typed` says that the document uses
 * the form with `type` and `<source>`.
 */
export interface OsNvram {
  template?: string | undefined;
  templateFormat?: 'raw' | 'qcow2' | undefined;
  format?: NonNullable<Loader['format']> | undefined;
  source?: StorageSource | undefined;
  typed?: boolean | undefined;
}
const nvramSource = storageSourceOrFile();
const nvramAttributes = {
  template: optAttr(absolutePath),
  templateFormat: optAttr(oneOf('raw', 'qcow2')),
};
const formatRow = { format: optAttr(storageFormats) };
const plainRows = {
  ...nvramAttributes,
  ...formatRow,
  $path: virtual({ content: (source) => pathText(source as OsNvram), known: () => ({ text: true }) }),
};
const typedRows = { ...nvramAttributes, source: nvramSource.tag, ...formatRow, $source: nvramSource.body };
const pathText = ({ source }: OsNvram): string | undefined =>
  source?.type === 'file' && source.file !== undefined ? escapeText(source.file) : undefined;
const plainNvram = element<OsNvram>('nvram', plainRows);
const typedNvram = element<OsNvram>('nvram', typedRows);
const isTyped = (node: XmlNode): boolean => attributeOf(node, 'type') !== undefined;
const nvram = {
  tag: 'nvram',
  read(node: XmlNode, context: ReadContext): OsNvram {
    if (isTyped(node)) return { ...typedNvram.read(node, context), typed: true };
    const value = plainNvram.read(node, context);
    const file = textOf(node);
    if (file !== '') value.source = { type: 'file', file, seclabels: [] };
    return value;
  },
  write: (value: OsNvram, indent: string, context: WriteContext): string =>
    (value.source !== undefined && (value.typed === true || value.source.type !== 'file')
      ? typedNvram
      : plainNvram
    ).write(value, indent, context),
  check: (node: XmlNode, report: (problem: string, at: XmlNode) => void) =>
    (isTyped(node) ? typedNvram : plainNvram).check(node, report),
};

const tableRows = { type: attr(oneOf('raw', 'rawset', 'slic', 'msdm')), path: content(absolutePath) };
/** An ACPI table from a file. */
export interface AcpiTable extends FieldsOf<typeof tableRows> {}
const acpiRows = { tables: list(element<AcpiTable>('table', tableRows)) };
export interface OsAcpi extends FieldsOf<typeof acpiRows> {}

function checkTables({ tables }: OsAcpi): void {
  const types = tables.map(({ type }) => type);
  const repeated = firstRepeated(types.filter((type) => type !== 'raw' && type !== 'rawset'));
  if (repeated !== undefined) throw domainError('XML_ERROR', `ACPI table type '${repeated}' may only appear once`);
}

const bootRows = { dev: attr(oneOf('fd', 'cdrom', 'hd', 'network')) };
/** One of the kinds of device to boot from. */
export interface OsBoot extends FieldsOf<typeof bootRows> {}
const bootmenuRows = {
  enable: optAttr(yesNo),
  timeout: optAttr(uint()),
};
/** `timeout` in milliseconds. */
export interface OsBootmenu extends FieldsOf<typeof bootmenuRows> {}
/** A menu that isn't shown has no timeout. */
const bootmenu = element<OsBootmenu>('bootmenu', bootmenuRows, {
  omitEmpty: true,
  refine: (value, node, context) => {
    if ((value.timeout ?? 0) > 65_535) violated(node, context);
    if (value.enable !== true) delete value.timeout;
    if ((value.timeout ?? 0) > 65_535) {
      throw domainError('CONFIG_UNSUPPORTED', 'invalid value for boot menu timeout, must be in range [0,65535]');
    }
  },
});
/** Another word counts as no. */
const looseYes = { ...yesNo, parse: (value: string) => value === 'yes' };
const biosRows = {
  useserial: optAttr(looseYes),
  rebootTimeout: optAttr(int()),
};
export interface OsBios extends FieldsOf<typeof biosRows> {}
function checkBios({ rebootTimeout = 0 }: OsBios): void {
  if (rebootTimeout < -1 || rebootTimeout > 65_535) {
    throw domainError('CONFIG_UNSUPPORTED', 'invalid value for rebootTimeout, must be in range [-1,65535]');
  }
}

const initargRows = { value: optContent(text) };
const initarg = element<{ value?: string }>('initarg', initargRows);
/** Arguments are plain strings in the object. */
const argument = {
  tag: 'initarg',
  read: textOf,
  write: (value: string, indent: string) => initarg.write({ value }, indent, {}),
  check: () => undefined,
};
const initenvRows = { name: attr(text), value: content(text) };
export interface InitEnvironment extends FieldsOf<typeof initenvRows> {}

const osRows = {
  firmware: optAttr(oneOf('bios', 'efi'), refuse('XML_ERROR', 'unknown firmware value $')),
  type: optChild(osType),
  init: optText(absolutePath),
  initargs: optList(argument),
  initenvs: optList(element<InitEnvironment>('initenv', initenvRows)),
  initdir: optText(absolutePath),
  inituser: optText(text),
  initgroup: optText(text),
  firmwareFeatures: optChild(element<FirmwareFeatures>('firmware', firmwareRows, { omitEmpty: true })),
  loader: optChild(element<Loader>('loader', loaderRows, { omitEmpty: true })),
  nvram: optChild(nvram),
  kernel: optText(absolutePath, { emptyIsAbsent: true }),
  initrd: optText(absolutePath, { emptyIsAbsent: true }),
  cmdline: optText(text, { emptyIsAbsent: true }),
  dtb: optText(absolutePath, { emptyIsAbsent: true }),
  root: optText(text),
  shim: optText(absolutePath, { emptyIsAbsent: true }),
  acpi: optChild(element<OsAcpi>('acpi', acpiRows, { omitEmpty: true, refine: checkTables })),
  boots: list(element<OsBoot>('boot', bootRows)),
  bootmenu: optChild(bootmenu),
  bios: optChild(element<OsBios>('bios', biosRows, { omitEmpty: true, refine: checkBios })),
  ...within('smbios', {
    smbios: optAttr(oneOf('none', 'emulate', 'host', 'sysinfo'), {
      as: 'mode',
      omit: 'none',
      ...unsupported("unknown smbios mode '$'"),
    }),
  }),
};
/** `<os>` */
export interface Os extends Omit<FieldsOf<typeof osRows>, 'type'> {
  type: OsType;
}
export const os = element<Os>('os', osRows, {
  refine: (value, node, context) => {
    value.type ??= { name: '' };
    if (value.type.name !== 'exe') dropInit(value, node, context);
    const smbios = childOf(node, 'smbios');
    if (smbios !== undefined && attributeOf(smbios, 'mode') === undefined) violated(smbios, context);
  },
});

const initParts = ['init', 'initargs', 'initenvs', 'initdir', 'inituser', 'initgroup'] as const;

/** Only containers have a first program; elsewhere it is passed over. */
function dropInit(os: Os, node: XmlNode, context: ReadContext): void {
  if (initParts.some((part) => os[part] !== undefined)) violated(node, context);
  for (const part of initParts) delete os[part];
}
