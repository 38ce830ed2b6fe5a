import {
  secureFlags,
  snapshotChildrenFlags,
  snapshotCreateFlags,
  snapshotDeleteFlags,
  snapshotRevertFlags,
} from '@virtkit/protocol';
import { attempt, readDocument } from '../attempt.js';
import { type ChosenDomain, chosenDomain } from '../chosen-domain.js';
import { type Command, domainOption, flag, type OptionRow, text, type Values } from '../command.js';
import type { Context } from '../context.js';
import { attributeOf, childOf, readDocument as readXml, textOf, type XmlNode } from '../document.js';
import { documentOptions, documentOutput } from '../document-options.js';
import { exclusive } from '../exclusive.js';
import { flagSet, joined } from '../flag-set.js';
import { done, type Output, pairs, plain } from '../output.js';
import { CommandError, UsageError } from '../usage-error.js';
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
  const { remote, dom } = await chosenDomain(context, values);
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
async function named(context: Context, values: Values): Promise<ChosenDomain & { readonly snap: SnapshotHandle }> {
  exclusive(values, 'current', 'snapshotname');
  const name = values.optional('snapshotname');
  if (name === undefined && !values.flag('current')) throw new UsageError('--snapshotname or --current is required');
  const chosen = await chosenDomain(context, values);
  const { remote, dom } = chosen;
  if (name !== undefined) return { ...chosen, snap: { name, dom } };
  return { ...chosen, snap: (await remote.domainSnapshotCurrent({ dom, flags: 0 })).snap };
}

/** The snapshot's document, as nodes. */
async function documentOf({
  remote,
  snap,
}: {
  readonly remote: Remote;
  readonly snap: SnapshotHandle;
}): Promise<XmlNode> {
  return readXml((await remote.domainSnapshotGetXMLDesc({ snap, flags: 0 })).xml).root;
}
const childText = (node: XmlNode | undefined, name: string): string | undefined => {
  const child = node && childOf(node, name);
  return child && textOf(child);
};

async function info(context: Context, values: Values): Promise<Output> {
  const { remote, domain, snap } = await named(context, values);
  const root = await documentOf({ remote, snap });
  const { current } = await remote.domainSnapshotIsCurrent({ snap, flags: 0 });
  const [{ num: children }, { num: descendants }, { metadata }] = await Promise.all([
    remote.domainSnapshotNumChildren({ snap, flags: 0 }),
    remote.domainSnapshotNumChildren({ snap, flags: snapshotChildrenFlags.descendants }),
    remote.domainSnapshotHasMetadata({ snap, flags: 0 }),
  ]);
  const memory = childOf(root, 'memory');
  const place = memory === undefined ? undefined : attributeOf(memory, 'snapshot');
  const external = place === 'external' || childText(root, 'state') === 'disk-snapshot';
  const yes = (value: number): string => (value === 0 ? 'no' : 'yes');
  return pairs([
    ['Name', snap.name],
    ['Domain', domain.name],
    ['Current', yes(current)],
    ['State', childText(root, 'state') ?? ''],
    ['Location', external ? 'external' : 'internal'],
    ['Parent', childText(childOf(root, 'parent'), 'name') ?? '-'],
    ['Children', children],
    ['Descendants', descendants],
    ['Metadata', yes(metadata)],
  ]);
}

export const snapshotCommands: readonly Command[] = [
  {
    name: 'snapshot-current',
    group,
    summary: 'Get the current snapshot',
    options: [domainOption, flag('name', 'list the name, rather than the full xml'), ...dumping.options],
    run: async (context, values) => {
      const { domain, remote, dom } = await chosenDomain(context, values);
      const { result } = await remote.domainHasCurrentSnapshot({ dom, flags: 0 });
      if (result === 0) throw new CommandError(`domain '${domain.name}' has no current snapshot`);
      const { snap } = await remote.domainSnapshotCurrent({ dom, flags: 0 });
      if (values.flag('name')) return plain(`${snap.name}\n`, snap.name);
      return plain((await remote.domainSnapshotGetXMLDesc({ snap, flags: dumping.bits(values) })).xml);
    },
  },
  {
    name: 'snapshot-info',
    group,
    summary: 'snapshot information',
    options: oneOptions('info on current snapshot'),
    run: info,
  },
  {
    name: 'snapshot-parent',
    group,
    summary: 'Get the name of the parent of a snapshot',
    options: oneOptions('find parent of current snapshot'),
    run: async (context, values) => {
      const { remote, snap } = await named(context, values);
      const parent = childText(childOf(await documentOf({ remote, snap }), 'parent'), 'name');
      if (parent === undefined) throw new CommandError(`snapshot '${snap.name}' has no parent`);
      return plain(`${parent}\n`, parent);
    },
  },
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
      const { remote, dom } = await chosenDomain(context, values);
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
