import { attempt, readDocument } from '../attempt.js';
import { type Command, domainOption, flag, type OptionRow, text, type Values } from '../command.js';
import type { Context } from '../context.js';
import { childOf, markup, readDocument as readXml, textElement, textOf } from '../document.js';
import { bare, done, type Output, plain, table } from '../output.js';

const group = 'Snapshot';
const nameOption: OptionRow = { name: 'snapshotname', kind: 'text', summary: 'snapshot name', required: true };

type Remote = Awaited<ReturnType<Context['connection']>>['remote'];
interface Chosen {
  readonly remote: Remote;
  readonly dom: Awaited<ReturnType<Context['domain']>>['handle'];
}

async function chosen(context: Context, values: Values): Promise<Chosen> {
  const domain = await context.domain(values.text('domain'));
  return { remote: (await context.connection()).remote, dom: domain.handle };
}

const field = (xml: string, name: string): string => {
  const found = childOf(readXml(xml).root, name);
  return found === undefined ? '' : textOf(found);
};

const two = (value: number): string => String(Math.abs(value)).padStart(2, '0');
function moment(seconds: number): string {
  const date = new Date(seconds * 1000);
  const zone = -date.getTimezoneOffset();
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${day} ${time} ${zone < 0 ? '-' : '+'}${two(Math.trunc(zone / 60))}${two(zone % 60)}`;
}

async function list(context: Context, values: Values): Promise<Output> {
  const { remote, dom } = await chosen(context, values);
  const { snapshots } = await remote.domainListAllSnapshots({ dom, needResults: 1, flags: 0 });
  if (values.flag('name')) {
    const names = snapshots.map(({ name }) => name);
    return bare(names.map((name) => `${name}\n`).join(''), names);
  }
  const rows = await Promise.all(
    snapshots.map(async (snap) => {
      const { xml } = await remote.domainSnapshotGetXMLDesc({ snap, flags: 0 });
      return [snap.name, moment(Number(field(xml, 'creationTime'))), field(xml, 'state')];
    }),
  );
  return table(['Name', 'Creation Time', 'State'], rows);
}

const createFlags: readonly (readonly [name: string, bit: number, summary: string])[] = [
  ['redefine', 1, 'redefine metadata for existing snapshot'],
  ['current', 2, 'with redefine, set current snapshot'],
  ['no-metadata', 4, 'take snapshot but create no metadata'],
  ['halt', 8, 'halt domain after snapshot is created'],
  ['disk-only', 16, 'capture disk state but not vm state'],
  ['reuse-external', 32, 'reuse any existing external files'],
  ['quiesce', 64, "quiesce guest's file systems"],
  ['atomic', 128, 'require atomic operation'],
  ['live', 256, 'take a live snapshot'],
];
const bits = (values: Values, rows: readonly (readonly [string, number, string])[]): number =>
  rows.reduce((sum, [name, bit]) => sum | (values.flag(name) ? bit : 0), 0);
const createOptions = createFlags.map(([name, , summary]) => flag(name, summary));

async function create(context: Context, values: Values, xmlDesc: string, from: string): Promise<Output> {
  const { remote, dom } = await chosen(context, values);
  const { snap } = await remote.domainSnapshotCreateXML({ dom, xmlDesc, flags: bits(values, createFlags) });
  return { text: `Domain snapshot ${snap.name} created${from}`, data: { name: snap.name } };
}

const revertFlags: readonly (readonly [name: string, bit: number, summary: string])[] = [
  ['running', 1, 'after reverting, change state to running'],
  ['paused', 2, 'after reverting, change state to paused'],
  ['force', 4, 'try harder on risky reverts'],
  ['reset-nvram', 8, 're-initialize NVRAM from its pristine template'],
];
const deleteFlags: readonly (readonly [name: string, bit: number, summary: string])[] = [
  ['children', 1, 'delete snapshot and all children'],
  ['metadata', 2, 'delete only libvirt metadata, leaving snapshot contents behind'],
  ['children-only', 4, 'delete children but not snapshot'],
];

export const snapshotCommands: readonly Command[] = [
  {
    name: 'snapshot-list',
    group,
    summary: 'List snapshots for a domain',
    options: [domainOption, flag('name', 'list snapshot names only')],
    run: list,
  },
  {
    name: 'snapshot-create',
    group,
    summary: 'Create a snapshot from XML',
    options: [domainOption, text('xmlfile', 'domain snapshot XML', { completes: 'file' }), ...createOptions],
    run: async (context, values) => {
      const file = values.optional('xmlfile');
      const xml = file === undefined ? '<domainsnapshot/>' : await readDocument(file);
      return create(context, values, xml, file === undefined ? '' : ` from '${file}'`);
    },
  },
  {
    name: 'snapshot-create-as',
    group,
    summary: 'Create a snapshot from a set of args',
    options: [
      domainOption,
      text('name', 'name of snapshot'),
      text('description', 'description of snapshot'),
      flag('print-xml', 'print XML document rather than create'),
      ...createOptions,
    ],
    run: async (context, values) => {
      const parts = (['name', 'description'] as const).flatMap((name) =>
        values.has(name) ? [textElement(name, values.text(name))] : [],
      );
      const xml = markup('domainsnapshot', {}, parts);
      return values.flag('print-xml') ? plain(`${xml}\n`) : create(context, values, xml, '');
    },
  },
  {
    name: 'snapshot-dumpxml',
    group,
    summary: 'Dump XML for a domain snapshot',
    options: [domainOption, nameOption, flag('security-info', 'include security sensitive information in XML dump')],
    run: async (context, values) => {
      const { remote, dom } = await chosen(context, values);
      const snap = { name: values.text('snapshotname'), dom };
      return plain((await remote.domainSnapshotGetXMLDesc({ snap, flags: values.flag('security-info') ? 1 : 0 })).xml);
    },
  },
  {
    name: 'snapshot-revert',
    group,
    summary: 'Revert a domain to a snapshot',
    options: [domainOption, nameOption, ...revertFlags.map(([name, , summary]) => flag(name, summary))],
    run: async (context, values) => {
      const { remote, dom } = await chosen(context, values);
      const name = values.text('snapshotname');
      await attempt(`Failed to revert snapshot ${name}`, () =>
        remote.domainRevertToSnapshot({ snap: { name, dom }, flags: bits(values, revertFlags) }),
      );
      return { text: `Domain snapshot ${name} reverted`, data: { name } };
    },
  },
  {
    name: 'snapshot-delete',
    group,
    summary: 'Delete a domain snapshot',
    options: [domainOption, nameOption, ...deleteFlags.map(([name, , summary]) => flag(name, summary))],
    run: async (context, values) => {
      const { remote, dom } = await chosen(context, values);
      const name = values.text('snapshotname');
      await attempt(`Failed to delete snapshot ${name}`, () =>
        remote.domainSnapshotDelete({ snap: { name, dom }, flags: bits(values, deleteFlags) }),
      );
      return done(`Domain snapshot ${name} deleted`);
    },
  },
];
