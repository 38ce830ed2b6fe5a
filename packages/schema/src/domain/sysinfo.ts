import {
  attr,
  attributeOf,
  childrenOf,
  element,
  escapeText,
  type FieldsOf,
  list,
  optAttr,
  optChild,
  type ReadContext,
  type Row,
  special,
  text,
  textOf,
  union,
  uuid as uuidScalar,
  type VariantsOf,
  violated,
  wrapped,
  type XmlNode,
} from '@virtkit/xml';
import { errorsFrom } from '../errors/virt-error.js';
import { missing } from '../values/failures.js';

const domainError = errorsFrom('DOMAIN');

/** `<entry name='NAME'>text</entry>` as a field. */
function entry(wire?: string): Row<string, true> {
  return special<string>((key) => {
    const name = wire ?? key;
    return {
      read(node, target) {
        const found = childrenOf(node, 'entry').find((child) => attributeOf(child, 'name') === name);
        if (found !== undefined && textOf(found) !== '') target[key] = textOf(found);
      },
      body: (source, indent) =>
        source[key] === undefined
          ? ''
          : `${indent}<entry name='${name}'>${escapeText(source[key] as string)}</entry>\n`,
      known: () => ({ children: [['entry', undefined]] }),
    };
  });
}

/** A table without entries is no valid one. */
const withEntries =
  <T>(check: (value: T) => void = () => undefined) =>
  (value: T, node: XmlNode, context: ReadContext): void => {
    if (node.children.length === 0) violated(node, context);
    check(value);
  };

const biosRows = { vendor: entry(), version: entry(), date: entry(), release: entry() };
export interface SysinfoBios extends FieldsOf<typeof biosRows> {}
const systemRows = {
  manufacturer: entry(),
  product: entry(),
  version: entry(),
  serial: entry(),
  uuid: entry(),
  sku: entry(),
  family: entry(),
};
export interface SysinfoSystem extends FieldsOf<typeof systemRows> {}
const baseBoardRows = {
  manufacturer: entry(),
  product: entry(),
  version: entry(),
  serial: entry(),
  asset: entry(),
  location: entry(),
};
export interface SysinfoBaseBoard extends FieldsOf<typeof baseBoardRows> {}
const chassisRows = { manufacturer: entry(), version: entry(), serial: entry(), asset: entry(), sku: entry() };
export interface SysinfoChassis extends FieldsOf<typeof chassisRows> {}
/** An OEM string: `<entry>text</entry>`. */
const oemString = {
  tag: 'entry',
  read: textOf,
  write: (value: string, indent: string) => `${indent}<entry>${escapeText(value)}</entry>\n`,
  check: () => undefined,
};

const fwCfgRows = {
  name: attr(text, missing('XML_ERROR', "Firmware entry is missing 'name' attribute")),
  file: optAttr(text),
  value: special<string>((key) => ({
    read(node, target) {
      if (textOf(node) !== '') target[key] = textOf(node);
    },
    content: (source) => (source[key] === undefined ? undefined : escapeText(source[key] as string)),
    known: () => ({ text: true }),
  })),
};
/** One blob of `<sysinfo type='fwcfg'>`. */
export interface FwCfgEntry extends FieldsOf<typeof fwCfgRows> {}

function refineFwCfg(entry: FwCfgEntry): void {
  if (entry.file === undefined && entry.value === undefined) {
    throw domainError('XML_ERROR', "Firmware entry must have either value or 'file' attribute");
  }
  if (entry.file !== undefined) delete entry.value;
}

/** Dates are months, days and years; UUIDs are what they say. */
function checkBios({ date }: SysinfoBios): void {
  if (date === undefined) return;
  const match = /^(\d{1,2})\/(\d{1,2})\/(\d{2}|\d{4})$/.exec(date);
  const [month, day] = [Number(match?.[1]), Number(match?.[2])];
  const valid = match !== null && month >= 1 && month <= 12 && day >= 1 && day <= 31;
  if (!valid) throw domainError('XML_DETAIL', "Invalid BIOS 'date' format");
}
function checkSystem({ uuid }: SysinfoSystem): void {
  if (uuid !== undefined && uuidScalar.parse(uuid) === undefined)
    throw domainError('XML_DETAIL', 'malformed <sysinfo> uuid element');
}

const kinds = {
  smbios: {
    bios: optChild(element<SysinfoBios>('bios', biosRows, { omitEmpty: true, refine: withEntries(checkBios) })),
    system: optChild(
      element<SysinfoSystem>('system', systemRows, { omitEmpty: true, refine: withEntries(checkSystem) }),
    ),
    baseBoards: list(element<SysinfoBaseBoard>('baseBoard', baseBoardRows, { omitEmpty: true, refine: withEntries() })),
    chassis: optChild(element<SysinfoChassis>('chassis', chassisRows, { omitEmpty: true, refine: withEntries() })),
    oemStrings: wrapped('oemStrings', oemString),
  },
  fwcfg: { entries: list(element<FwCfgEntry>('entry', fwCfgRows, { refine: refineFwCfg })) },
};
/** `<sysinfo>` */
export type Sysinfo = VariantsOf<'type', typeof kinds>;
export type SmbiosSysinfo = Extract<Sysinfo, { type: 'smbios' }>;
export const sysinfo = union<Sysinfo>('sysinfo', 'type', kinds);
