import { targetFlags as targets, type TypedParameter } from '@virtkit/protocol';
import { attempt } from '../attempt.js';
import { type ChosenDomain, chosenDomain } from '../chosen-domain.js';
import { type Command, domainOption, number, type OptionRow } from '../command.js';
import { cpuList } from '../cpu-map.js';
import { type Output, plain, table } from '../output.js';
import { targetFlags, targetOptions } from '../target.js';
import { CommandError } from '../usage-error.js';

const group = 'Domain Management';

/** What libvirt counts as no limit, in KiB. @libvirt VIR_DOMAIN_MEMORY_PARAM_UNLIMITED */
const unlimited = 9_007_199_254_740_991n;
/** @libvirt virDomainNumatuneMemMode */
const numaModes = ['strict', 'preferred', 'interleave', 'restrictive'];

type Show = (parameter: TypedParameter) => string;

const asIs: Show = ({ value }) => String(value);
const memory: Show = ({ value }) => (value === unlimited ? 'unlimited' : String(value));
const switched: Show = ({ value }) => (value === true ? 'enabled' : 'disabled');
const numa: Show = ({ field, value }) =>
  field === 'numa_mode' ? (numaModes[Number(value)] ?? String(value)) : String(value);

const lines = (params: readonly TypedParameter[], show: Show): string =>
  params.map((parameter) => `${parameter.field.padEnd(15)}: ${show(parameter)}\n`).join('');
const byName = (params: readonly TypedParameter[]): Readonly<Record<string, unknown>> =>
  Object.fromEntries(params.map(({ field, value }) => [field, value]));

/** A call that tells how many parameters there are when it is asked for none. */
type Counted = (
  chosen: ChosenDomain,
  nparams: number,
  flags: number,
) => Promise<{ readonly params: readonly TypedParameter[]; readonly nparams: number }>;

/** A verb that shows the parameters of one kind. */
const parameters = (name: string, what: string, read: Counted, show: Show): Command => ({
  name,
  group,
  summary: `Get ${what} parameters`,
  options: [domainOption, ...targetOptions],
  run: async (context, values) => {
    const flags = targetFlags(values);
    const chosen = await chosenDomain(context, values);
    const { nparams } = await attempt(`Unable to get number of ${what} parameters`, () => read(chosen, 0, flags));
    const { params } = await attempt(`Unable to get ${what} parameters`, () => read(chosen, nparams, flags));
    return plain(lines(params, show), byName(params));
  },
});

/** Processors of the host, and how many bytes a map of them takes. */
async function hostCpus({ remote }: ChosenDomain): Promise<{ readonly count: number; readonly maplen: number }> {
  const { ret: count } = await remote.nodeGetCPUMap({ needMap: 0, needOnline: 0, flags: 0 });
  return { count, maplen: Math.ceil(count / 8) };
}

const vcpuOption: OptionRow = number('vcpu', 'vcpu number');

/** The processors each vcpu may run on, or those of one. */
async function vcpuPins(chosen: ChosenDomain, flags: number, only: number | undefined): Promise<Output> {
  const { domain, dom, remote } = chosen;
  const { count, maplen } = await hostCpus(chosen);
  const persistent = flags === 0 ? domain.id === undefined : flags === targets.config;
  const which = persistent ? targets.config : targets.live;
  const { num: vcpus } = await remote.domainGetVcpusFlags({ dom, flags: which });
  if (only !== undefined && (only < 0 || only >= vcpus))
    throw new CommandError(`vcpu ${only} is out of range of ${persistent ? 'persistent' : 'live'} cpu count ${vcpus}`);
  const { cpumaps, num } = await remote.domainGetVcpuPinInfo({ dom, ncpumaps: vcpus, maplen, flags });
  const rows = Array.from({ length: num }, (_, vcpu): [number, string] => [
    vcpu,
    cpuList(cpumaps.subarray(vcpu * maplen, (vcpu + 1) * maplen), count),
  ]);
  return table(['VCPU', 'CPU Affinity'], only === undefined ? rows : rows.filter(([vcpu]) => vcpu === only));
}

/** How resources of the host are shared out to a guest. */
export const domainTuning: readonly Command[] = [
  parameters(
    'blkiotune',
    'blkio',
    ({ dom, remote }, nparams, flags) => remote.domainGetBlkioParameters({ dom, nparams, flags }),
    asIs,
  ),
  parameters(
    'memtune',
    'memory',
    ({ dom, remote }, nparams, flags) => remote.domainGetMemoryParameters({ dom, nparams, flags }),
    memory,
  ),
  parameters(
    'numatune',
    'numa',
    ({ dom, remote }, nparams, flags) => remote.domainGetNumaParameters({ dom, nparams, flags }),
    numa,
  ),
  {
    name: 'schedinfo',
    group,
    summary: 'show scheduler parameters',
    options: [domainOption, ...targetOptions],
    run: async (context, values) => {
      const flags = targetFlags(values);
      const { dom, remote } = await chosenDomain(context, values);
      const { type, nparams } = await remote.domainGetSchedulerType({ dom });
      const { params } = await remote.domainGetSchedulerParametersFlags({ dom, nparams, flags });
      const text = `${'Scheduler'.padEnd(15)}: ${type}\n${lines(params, asIs)}`;
      return plain(text, { scheduler: type, ...byName(params) });
    },
  },
  {
    name: 'perf',
    group,
    summary: 'Get perf event',
    options: [domainOption, ...targetOptions],
    run: async (context, values) => {
      const { dom, remote } = await chosenDomain(context, values);
      const { params } = await attempt('Unable to get perf events', () =>
        remote.domainGetPerfEvents({ dom, flags: targetFlags(values) }),
      );
      return plain(lines(params, switched), byName(params));
    },
  },
  {
    name: 'vcpupin',
    group,
    summary: 'query domain vcpu affinity',
    options: [domainOption, vcpuOption, ...targetOptions],
    run: async (context, values) =>
      vcpuPins(await chosenDomain(context, values), targetFlags(values), values.number('vcpu')),
  },
  {
    name: 'emulatorpin',
    group,
    summary: 'query domain emulator affinity',
    options: [domainOption, ...targetOptions],
    run: async (context, values) => {
      const chosen = await chosenDomain(context, values);
      const { count, maplen } = await hostCpus(chosen);
      const { cpumaps } = await chosen.remote.domainGetEmulatorPinInfo({
        dom: chosen.dom,
        maplen,
        flags: targetFlags(values),
      });
      const cpus = cpuList(cpumaps, count);
      return plain(`emulator: CPU Affinity\n----------------------------------\n       *: ${cpus}\n`, {
        emulator: cpus,
      });
    },
  },
  {
    name: 'iothreadinfo',
    group,
    summary: 'view domain IOThreads',
    options: [domainOption, ...targetOptions],
    run: async (context, values) => {
      const chosen = await chosenDomain(context, values);
      const { info } = await attempt('Unable to get domain IOThreads information', () =>
        chosen.remote.domainGetIOThreadInfo({ dom: chosen.dom, flags: targetFlags(values) }),
      );
      if (info.length === 0) return { text: 'No IOThreads found for the domain', data: [] };
      const { count } = await hostCpus(chosen);
      return table(
        ['IOThread ID', 'CPU Affinity'],
        info.map(({ iothreadId, cpumap }) => [iothreadId, cpuList(cpumap, count)]),
      );
    },
  },
];
