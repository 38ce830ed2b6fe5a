import { setTimeout as sleep } from 'node:timers/promises';
import { attempt } from '../attempt.js';
import type { Values } from '../command.js';
import type { Context } from '../context.js';
import { type Output, plain } from '../output.js';

type Figures = ReadonlyMap<string, bigint>;

/** What virsh calls figures of the call otherwise. */
const titles: Readonly<Record<string, string>> = { kernel: 'system' };

/** Nanoseconds since the host was started, by what its processors did. */
async function figures(context: Context, cpuNum: number): Promise<Figures> {
  const { remote } = await context.connection();
  const { nparams } = await attempt('Unable to get number of cpu stats', () =>
    remote.nodeGetCPUStats({ cpuNum, nparams: 0, flags: 0 }),
  );
  const { params } = await attempt('Unable to get node cpu stats', () =>
    remote.nodeGetCPUStats({ cpuNum, nparams, flags: 0 }),
  );
  return new Map(params.map(({ field, value }) => [titles[field] ?? field, value]));
}

const shown = ['user', 'system', 'idle', 'iowait'] as const;

/** Shares of the time between two looks, in percent. */
export function shares(before: Figures, after: Figures): Readonly<Record<string, number>> {
  const spent = shown.map((name) => Number((after.get(name) ?? 0n) - (before.get(name) ?? 0n)));
  const total = spent.reduce((sum, each) => sum + each, 0);
  const percent = (time: number): number => (total === 0 ? 0 : (time / total) * 100);
  const [user = 0, system = 0] = spent;
  return {
    usage: percent(user + system),
    ...Object.fromEntries(shown.map((name, at) => [name, percent(spent[at] ?? 0)])),
  };
}

async function inPercent(context: Context, cpuNum: number): Promise<Output> {
  const before = await figures(context, cpuNum);
  await sleep(1000);
  const found = shares(before, await figures(context, cpuNum));
  const line = ([name, value]: readonly [string, number]): string =>
    `${`${name}:`.padEnd(15)} ${value.toFixed(1).padStart(5)}%\n`;
  return plain(Object.entries(found).map(line).join(''), found);
}

/** What the processors of the host did. */
export async function cpuStatistics(context: Context, values: Values): Promise<Output> {
  const cpu = values.number('cpu') ?? -1;
  if (values.flag('percent')) return inPercent(context, cpu);
  const found = await figures(context, cpu);
  const rows = shown.flatMap((name) => (found.has(name) ? [[name, found.get(name)] as const] : []));
  const line = ([name, value]: (typeof rows)[number]): string =>
    `${`${name}:`.padEnd(15)}${String(value).padStart(21)}\n`;
  return plain(rows.map(line).join(''), Object.fromEntries(rows));
}
