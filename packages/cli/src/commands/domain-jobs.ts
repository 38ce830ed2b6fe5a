import { type Command, domainOption, flag } from '../command.js';
import { nothing, type Output, plain } from '../output.js';
import { readable } from '../scaled.js';

const group = 'Domain Monitoring';

/** @libvirt virDomainJobType */
const types = ['None', 'Bounded', 'Unbounded', 'Completed', 'Failed', 'Cancelled'];
const running = new Set([1, 2]);
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

function shown({ type, params }: Job, completed: boolean): Output {
  const values = new Map(params.map(({ field, value }) => [field, value]));
  const rows: [title: string, words: string][] = [['Job type', (types[type] ?? 'Unknown').padEnd(12)]];
  const operation = values.get('operation');
  if (typeof operation === 'number') rows.push(['Operation', (operations[operation] ?? 'Unknown').padEnd(12)]);
  if (running.has(type) || completed)
    for (const [field, title, show] of figures) {
      const value = values.get(field);
      if (typeof value === 'bigint' && value > 0n) rows.push([title, show(value)]);
    }
  const text = rows.map(([title, words]) => `${`${title}:`.padEnd(17)} ${words}\n`).join('');
  return plain(text, { type: types[type]?.toLowerCase() ?? 'unknown', ...Object.fromEntries(values) });
}

/** Long work on a guest. */
export const jobCommands: readonly Command[] = [
  {
    name: 'domjobinfo',
    group,
    summary: 'domain job information',
    options: [
      domainOption,
      flag('completed', 'return statistics of a recently completed job'),
      flag('keep-completed', 'do not destroy statistics of a recently completed job'),
    ],
    run: async (context, values) => {
      const domain = await context.domain(values.text('domain'));
      const { remote } = await context.connection();
      const keep = values.flag('keep-completed');
      const completed = keep || values.flag('completed');
      const flags = (completed ? 1 : 0) | (keep ? 2 : 0);
      return shown(await remote.domainGetJobStats({ dom: domain.handle, flags }), completed);
    },
  },
  {
    name: 'domjobabort',
    group: 'Domain Management',
    summary: 'abort active domain job',
    options: [domainOption],
    run: async (context, values) => {
      const { handle } = await context.domain(values.text('domain'));
      await (await context.connection()).remote.domainAbortJob({ dom: handle });
      return nothing;
    },
  },
];
