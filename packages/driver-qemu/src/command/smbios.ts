import type { Domain, SmbiosSysinfo } from '@virtkit/schema';
import type { CommandContext, Section } from './context.js';
import { qemuError } from './errors.js';
import { pairs, type PairInput, type QemuOption } from './option.js';

/** What the guest's firmware tells of the machine. */
export const smbiosSection: Section = (context) => {
  const info = smbiosInfo(context);
  if (!info) return [];
  return [
    ...table(0, { ...info.bios }, ['vendor', 'version', 'date', 'release']),
    ...table(1, { ...info.system }, ['manufacturer', 'product', 'version', 'serial', 'uuid', 'sku', 'family']),
    ...named(2, onlyBoard(info), ['manufacturer', 'product', 'version', 'serial', 'asset', 'location']),
    ...named(3, info.chassis, ['manufacturer', 'version', 'serial', 'asset', 'sku']),
    ...oemStrings(info.oemStrings ?? []),
  ];
};

/** Blobs for the guest's firmware. */
export const firmwareConfigSection: Section = ({ domain }) =>
  domain.sysinfos
    .filter((info) => info.type === 'fwcfg')
    .flatMap(({ entries }) => entries)
    .map(({ name, file, value }) =>
      pairs(
        'fw_cfg',
        ['name', name],
        value !== undefined && ['string', value],
        value === undefined && file !== undefined && ['file', file],
      ),
    );

function smbiosInfo({ domain, resources }: CommandContext): SmbiosSysinfo | undefined {
  switch (domain.os.smbios) {
    case 'sysinfo':
      return smbiosOf(domain) ?? missing('XML_ERROR', `Domain '${domain.name}' sysinfo are not available`);
    case 'host':
      return resources.hostSysinfo ?? missing('CONFIG_UNSUPPORTED', 'Host SMBIOS information is not available');
    default:
      return undefined;
  }
}

function missing(number: 'XML_ERROR' | 'CONFIG_UNSUPPORTED', text: string): never {
  throw qemuError(number, text);
}

const smbiosOf = ({ sysinfos }: Domain): SmbiosSysinfo | undefined =>
  sysinfos.find((info): info is SmbiosSysinfo => info.type === 'smbios');

type Entries = Readonly<Record<string, string | undefined>>;

function table(type: number, entries: Entries, order: readonly string[]): readonly QemuOption[] {
  const values = order.map((name): PairInput => entries[name] !== undefined && [name, entries[name]]).filter(Boolean);
  return values.length === 0 ? [] : [pairs('smbios', ['type', String(type)], ...values)];
}

/** A table that names its manufacturer even where it has none; nothing where it says nothing at all. */
const named = (type: number, entries: Entries | undefined, order: readonly string[]): readonly QemuOption[] =>
  saysSomething(entries) ? table(type, { ...entries, manufacturer: entries?.['manufacturer'] ?? '' }, order) : [];

const saysSomething = (entries: Entries | undefined): boolean =>
  Object.values(entries ?? {}).some((value) => value !== undefined);

function onlyBoard({ baseBoards }: SmbiosSysinfo): Entries | undefined {
  const boards = baseBoards.map((board): Entries => ({ ...board })).filter(saysSomething);
  if (boards.length > 1)
    throw qemuError('CONFIG_UNSUPPORTED', 'qemu does not support more than one entry to Type 2 in SMBIOS table');
  return boards[0];
}

const oemStrings = (values: readonly string[]): readonly QemuOption[] =>
  values.length === 0 ? [] : [pairs('smbios', ['type', '11'], ...values.map((value): PairInput => ['value', value]))];
