import { secureFlags, snapshotCreateFlags, snapshotDeleteFlags, snapshotRevertFlags } from '@virtkit/protocol';
import { attempt, readDocument } from '../attempt.js';
import { type Command, domainOption, flag, type OptionRow, text, type Values } from '../command.js';
import type { Context } from '../context.js';
import { documentOptions, documentOutput } from '../document-options.js';
import { exclusive } from '../exclusive.js';
import { flagSet, joined } from '../flag-set.js';
import { done, type Output, plain } from '../output.js';
import { UsageError } from '../usage-error.js';
import { listSnapshots, snapshotListOptions } from './snapshot-list.js';
import { snapshotXml } from './snapshot-xml.js';

const group = 'Snapshot';
const nameOption: OptionRow = {
  name: 'snapshotname',
  kind: 'text',
  summary: 'snapshot name',
  required: true,
  completes: 'snapshot',
};

type Remote = Awaited<ReturnType<Context['connection']>>['remote'];
type SnapshotHandle = Awaited<ReturnType<Remote['domainSnapshotLookupByName']>>['snap'];
interface Chosen {
  readonly remote: Remote;
  readonly dom: Awaited<ReturnType<Context['domain']>>['handle'];
}

async function chosen(context: Context, values: Values): Promise<Chosen> {
  const domain = await context.domain(values.text('domain'));
  return { remote: (await context.connection()).remote, dom: domain.handle };
}

const creating = flagSet(snapshotCreateFlags, [
  ['no-metadata', 'noMetadata', 'take snapshot but create no metadata'],
  ['halt', 'halt', 'halt domain after snapshot is created'],
  ['disk-only', 'diskOnly', 'capture disk state but not vm state'],
  ['reuse-external', 'reuseExternal', 'reuse any existing external files'],
  ['quiesce', 'quiesce', "quiesce guest's file systems"],
  ['atomic', 'atomic', 'require atomic operation'],
  ['live', 'live', 'take a live snapshot'],
  ['validate', 'validate', 'validate the XML against the schema'],
]);
/** Only of a document that has been written before. */
const redefining = flagSet(snapshotCreateFlags, [
  ['redefine', 'redefine', 'redefine metadata for existing snapshot'],
  ['current', 'current', 'with redefine, set current snapshot'],
]);

async function create(context: Context, values: Values, xmlDesc: string, from: string): Promise<Output> {
  const { remote, dom } = await chosen(context, values);
  const { snap } = await remote.domainSnapshotCreateXML({
    dom,
    xmlDesc,
    flags: joined(creating.bits(values), redefining.bits(values)),
  });
  return { text: `Domain snapshot ${snap.name} created${from}`, data: { name: snap.name } };
}

const reverting = flagSet(snapshotRevertFlags, [
  ['running', 'run', 'after reverting, change state to running'],
  ['paused', 'pause', 'after reverting, change state to paused'],
  ['force', 'force', 'try harder on risky reverts'],
  ['reset-nvram', 'resetNvram', 're-initialize NVRAM from its pristine template'],
]);
const deleting = flagSet(snapshotDeleteFlags, [
  ['children', 'children', 'delete snapshot and all children'],
  ['children-only', 'childrenOnly', 'delete children but not snapshot'],
  ['metadata', 'metadataOnly', 'delete only libvirt metadata, leaving snapshot contents behind'],
]);
const dumping = flagSet(secureFlags, [
  ['security-info', 'secure', 'include security sensitive information in XML dump'],
]);

/** Options of a verb about one snapshot: its name, or that it is the current one. */
const oneOptions = (summary: string): readonly OptionRow[] => [
  domainOption,
  text('snapshotname', 'snapshot name', { completes: 'snapshot' }),
  flag('current', summary),
];

/** The one that is named, or the current one. @throws UsageError where neither is given, or both */
async function named(context: Context, values: Values): Promise<Chosen & { readonly snap: SnapshotHandle }> {
  exclusive(values, 'current', 'snapshotname');
  const name = values.optional('snapshotname');
  if (name === undefined && !values.flag('current')) throw new UsageError('--snapshotname or --current is required');
  const { remote, dom } = await chosen(context, values);
  if (name !== undefined) return { remote, dom, snap: { name, dom } };
  return { remote, dom, snap: (await remote.domainSnapshotCurrent({ dom, flags: 0 })).snap };
}

export const snapshotCommands: readonly Command[] = [
  {
    name: 'snapshot-list',
    group,
    summary: 'List snapshots for a domain',
    options: snapshotListOptions,
    run: listSnapshots,
  },
  {
    name: 'snapshot-create',
    group,
    summary: 'Create a snapshot from XML',
    options: [
      domainOption,
      text('xmlfile', 'domain snapshot XML', { completes: 'file' }),
      ...redefining.options,
      ...creating.options,
    ],
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
      ...creating.options,
      text('memspec', 'memory attributes: [file=]name[,snapshot=type]', { named: true }),
      text('diskspec', 'disk attributes: disk[,snapshot=type][,driver=type][,stype=type][,file=name]', { rest: true }),
    ],
    run: async (context, values) => {
      const xml = snapshotXml(values);
      return values.flag('print-xml') ? plain(`${xml}\n`) : create(context, values, xml, '');
    },
  },
  {
    name: 'snapshot-dumpxml',
    group,
    summary: 'Dump XML for a domain snapshot',
    options: [domainOption, nameOption, ...dumping.options, ...documentOptions],
    run: async (context, values) => {
      const { remote, dom } = await chosen(context, values);
      const snap = { name: values.text('snapshotname'), dom };
      const { xml } = await remote.domainSnapshotGetXMLDesc({ snap, flags: dumping.bits(values) });
      return documentOutput(xml, values);
    },
  },
  {
    name: 'snapshot-revert',
    group,
    summary: 'Revert a domain to a snapshot',
    options: [...oneOptions('revert to current snapshot'), ...reverting.options],
    run: async (context, values) => {
      exclusive(values, 'running', 'paused');
      const { remote, snap } = await named(context, values);
      await attempt(`Failed to revert snapshot ${snap.name}`, () =>
        remote.domainRevertToSnapshot({ snap, flags: reverting.bits(values) }),
      );
      return { text: `Domain snapshot ${snap.name} reverted`, data: { name: snap.name } };
    },
  },
  {
    name: 'snapshot-delete',
    group,
    summary: 'Delete a domain snapshot',
    options: [...oneOptions('delete current snapshot'), ...deleting.options],
    run: async (context, values) => {
      exclusive(values, 'children', 'children-only');
      const { remote, snap } = await named(context, values);
      await attempt(`Failed to delete snapshot ${snap.name}`, () =>
        remote.domainSnapshotDelete({ snap, flags: deleting.bits(values) }),
      );
      return done(`Domain snapshot ${snap.name} deleted`);
    },
  },
];
