import { abortJobFlags, jobStatsFlags, jobTypes } from '@virtkit/protocol';
import { type Command, domainOption, flag, type Values } from '../command.js';
import { exclusive } from '../exclusive.js';
import { flagSet } from '../flag-set.js';
import { nothing, type Output, plain } from '../output.js';
import { readable } from '../scaled.js';

const group = 'Domain Monitoring';

const titled = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const running: ReadonlySet<string> = new Set(['bounded', 'unbounded']);
const stats = flagSet(jobStatsFlags, [
  ['completed', 'completed', 'return statistics of a recently completed job'],
  ['keep-completed', 'keepCompleted', 'do not destroy statistics of a recently completed job when reading'],
]);
const ending = flagSet(abortJobFlags, [['postcopy', 'postcopy', 'interrupt post-copy migration']]);
/** @libvirt virDomainJobOperation */
const operations = [
  'Unknown',
  'Start',
  'Save',
  'Restore',
  'Incoming migration',
  'Outgoing migration',
  'Snapshot',
  'Snapshot revert',
  'Dump',
  'Backup',
  'Snapshot delete',
];

type Show = (value: bigint) => string;
const milliseconds: Show = (value) => `${String(value).padEnd(12)} ms`;
const size: Show = (value) => readable(value, 3);

/** Figures of a job, in virsh's order. */
const figures: readonly (readonly [field: string, title: string, show: Show])[] = [
  ['time_elapsed', 'Time elapsed', milliseconds],
  ['time_remaining', 'Time remaining', milliseconds],
  ['data_processed', 'Data processed', size],
  ['data_remaining', 'Data remaining', size],
  ['data_total', 'Data total', size],
  ['memory_processed', 'Memory processed', size],
  ['memory_remaining', 'Memory remaining', size],
  ['memory_total', 'Memory total', size],
  ['disk_processed', 'File processed', size],
  ['disk_remaining', 'File remaining', size],
  ['disk_total', 'File total', size],
];

interface Job {
  readonly type: number;
  readonly params: readonly { readonly field: string; readonly value: unknown }[];
}

/** For people; all figures, or none of a job that is not running. */
function readableText(type: string, found: ReadonlyMap<string, unknown>, all: boolean): string {
  const rows: [title: string, words: string][] = [['Job type', titled(type).padEnd(12)]];
  const operation = found.get('operation');
  if (typeof operation === 'number') rows.push(['Operation', (operations[operation] ?? 'Unknown').padEnd(12)]);
  for (const [field, title, show] of all || running.has(type) ? figures : []) {
    const value = found.get(field);
    if (typeof value === 'bigint' && value > 0n) rows.push([title, show(value)]);
  }
  return rows.map(([title, words]) => `${`${title}:`.padEnd(17)} ${words}\n`).join('');
}

function shown({ type: number, params }: Job, values: Values): Output {
  const type = jobTypes.word(number) ?? 'unknown';
  const found = new Map(params.map(({ field, value }) => [field, value]));
  const all = ['completed', 'keep-completed', 'anystats'].some((name) => values.flag(name));
  const raw = (): string =>
    `Job type: ${number}\n\n${params.map(({ field, value }) => `${field}: ${String(value)}\n`).join('')}`;
  const text = values.flag('rawstats') ? raw() : readableText(type, found, all);
  return plain(text, { type, ...Object.fromEntries(found) });
}

/** Long work on a guest. */
export const jobCommands: readonly Command[] = [
  {
    name: 'domjobinfo',
    group,
    summary: 'domain job information',
    options: [
      domainOption,
      ...stats.options,
      flag('anystats', 'print statistics for any kind of job (even failed ones)'),
      flag('rawstats', 'print the raw data returned by libvirt'),
    ],
    run: async (context, values) => {
      exclusive(values, 'anystats', 'rawstats');
      const domain = await context.domain(values.text('domain'));
      const { remote } = await context.connection();
      const completed = values.flag('keep-completed') ? jobStatsFlags.completed : 0;
      const flags = stats.bits(values) | completed;
      return shown(await remote.domainGetJobStats({ dom: domain.handle, flags }), values);
    },
  },
  {
    name: 'domjobabort',
    group: 'Domain Management',
    summary: 'abort active domain job',
    options: [domainOption, ...ending.options],
    run: async (context, values) => {
      const { handle: dom } = await context.domain(values.text('domain'));
      const { remote } = await context.connection();
      const flags = ending.bits(values);
      await (flags === 0 ? remote.domainAbortJob({ dom }) : remote.domainAbortJobFlags({ dom, flags }));
      return nothing;
    },
  },
];
