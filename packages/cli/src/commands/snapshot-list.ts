import { snapshotChildrenFlags, snapshotListFlags } from '@virtkit/protocol';
import { attempt } from '../attempt.js';
import { domainOption, flag, type OptionRow, text, type Values } from '../command.js';
import type { Context } from '../context.js';
import { childOf, readDocument, textOf } from '../document.js';
import { exclusive } from '../exclusive.js';
import { type FlagRow, flagSet } from '../flag-set.js';
import { bare, type Output, plain, table } from '../output.js';
import { type Branch, treeText } from './snapshot-tree.js';

type Groups = Omit<typeof snapshotListFlags, 'roots'>;
const groups: readonly FlagRow<Groups>[] = [
  ['leaves', 'leaves', 'list only snapshots without children'],
  ['no-leaves', 'noLeaves', 'list only snapshots that are not leaves (with children)'],
  ['metadata', 'metadata', 'list only snapshots that have metadata that would prevent undefine'],
  ['no-metadata', 'noMetadata', 'list only snapshots that have no metadata managed by libvirt'],
  ['inactive', 'inactive', 'filter by snapshots taken while inactive'],
  ['active', 'active', 'filter by snapshots taken while active (full system snapshots)'],
  ['disk-only', 'diskOnly', 'filter by disk-only snapshots'],
  ['internal', 'internal', 'filter by internal snapshots'],
  ['external', 'external', 'filter by external snapshots'],
  ['topological', 'topological', 'sort list topologically rather than by name'],
];
const ofDomain = flagSet(snapshotListFlags, [['roots', 'roots', 'list only snapshots without parents'], ...groups]);
const ofSnapshot = flagSet(snapshotChildrenFlags, [
  ['descendants', 'descendants', 'with --from, list all descendants'],
  ...groups,
]);

/** What `snapshot-list` takes. */
export const snapshotListOptions: readonly OptionRow[] = [
  domainOption,
  flag('parent', 'add a column showing parent snapshot'),
  ...ofDomain.options,
  flag('tree', 'list snapshots in a tree'),
  text('from', 'limit list to children of given snapshot', { named: true, completes: 'snapshot' }),
  flag('current', 'limit list to children of current snapshot'),
  ...ofSnapshot.options.slice(0, 1),
  flag('name', 'list snapshot names only'),
];

type Remote = Awaited<ReturnType<Context['connection']>>['remote'];
type DomainHandle = Awaited<ReturnType<Context['domain']>>['handle'];
type Handle = Awaited<ReturnType<Remote['domainSnapshotLookupByName']>>['snap'];

function checked(values: Values): void {
  exclusive(values, 'tree', 'name');
  exclusive(values, 'parent', 'roots');
  exclusive(values, 'parent', 'tree');
  exclusive(values, 'roots', 'tree');
  exclusive(values, 'roots', 'from');
  exclusive(values, 'roots', 'current');
  exclusive(values, 'from', 'current');
}

async function startOf(remote: Remote, dom: DomainHandle, values: Values): Promise<Handle | undefined> {
  const from = values.optional('from');
  if (from !== undefined) return (await remote.domainSnapshotLookupByName({ dom, name: from, flags: 0 })).snap;
  return values.flag('current') ? (await remote.domainSnapshotCurrent({ dom, flags: 0 })).snap : undefined;
}

interface Row extends Branch {
  readonly created: number;
  readonly state: string;
}

async function rowOf(remote: Remote, snap: Handle): Promise<Row> {
  const { root } = readDocument((await remote.domainSnapshotGetXMLDesc({ snap, flags: 0 })).xml);
  const field = (name: string): string | undefined => {
    const found = childOf(root, name);
    return found === undefined ? undefined : textOf(found);
  };
  const parent = childOf(root, 'parent');
  const above = parent === undefined ? undefined : childOf(parent, 'name');
  return {
    name: snap.name,
    parent: above === undefined ? undefined : textOf(above),
    created: Number(field('creationTime') ?? 0),
    state: field('state') ?? '',
  };
}

const two = (value: number): string => String(Math.abs(value)).padStart(2, '0');
function moment(seconds: number): string {
  const date = new Date(seconds * 1000);
  const zone = -date.getTimezoneOffset();
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${day} ${time} ${zone < 0 ? '-' : '+'}${two(Math.trunc(zone / 60))}${two(zone % 60)}`;
}

async function found(remote: Remote, dom: DomainHandle, values: Values): Promise<readonly Handle[]> {
  const start = await startOf(remote, dom, values);
  const { snapshots } = await attempt('Failed to list snapshots', () =>
    start === undefined
      ? remote.domainListAllSnapshots({ dom, needResults: 1, flags: ofDomain.bits(values) })
      : remote.domainSnapshotListAllChildren({ snapshot: start, needResults: 1, flags: ofSnapshot.bits(values) }),
  );
  const all = start !== undefined && values.flag('tree') ? [start, ...snapshots] : snapshots;
  if (values.flag('topological')) return all;
  return [...all].sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
}

/** Snapshots of a domain. */
export async function listSnapshots(context: Context, values: Values): Promise<Output> {
  checked(values);
  const { handle } = await context.domain(values.text('domain'));
  const { remote } = await context.connection();
  const snapshots = await found(remote, handle, values);
  if (values.flag('name')) {
    const names = snapshots.map(({ name }) => name);
    return bare(names.map((name) => `${name}\n`).join(''), names);
  }
  const rows = await Promise.all(snapshots.map((snap) => rowOf(remote, snap)));
  if (values.flag('tree')) return plain(treeText(rows), rows);
  const parents = values.flag('parent');
  const cells = rows.map(({ name, created, state, parent }) =>
    parents ? [name, moment(created), state, parent ?? ''] : [name, moment(created), state],
  );
  return table(['Name', 'Creation Time', 'State', ...(parents ? ['Parent'] : [])], cells);
}
