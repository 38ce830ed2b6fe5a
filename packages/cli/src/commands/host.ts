import type { Connection } from '@virtkit/client';
import { domainCapabilitiesFlags } from '@virtkit/protocol';
import { attempt } from '../attempt.js';
import { type Command, flag, number, text } from '../command.js';
import { cpuList, cpuMarks } from '../cpu-map.js';
import { cpuStatistics } from './cpu-statistics.js';
import { attributeOf, childOf, childrenOf, readDocument } from '../document.js';
import { documentOptions, documentOutput } from '../document-options.js';
import { exclusive } from '../exclusive.js';
import { flagSet } from '../flag-set.js';
import { bare, type Output, pairs, plain } from '../output.js';

const group = 'Host and Hypervisor';

/** 11003000 → 11.3.0 */
const release = (number: bigint): string => `${number / 1_000_000n}.${(number / 1000n) % 1000n}.${number % 1000n}`;

/** What the domain capabilities say; undefined where there are none. */
async function documentedVcpus(
  remote: Connection['remote'],
  virttype: string | undefined,
): Promise<number | undefined> {
  const { capabilities } = await remote
    .connectGetDomainCapabilities({ virttype, flags: 0 })
    .catch(() => ({ capabilities: '' }));
  const max = /^ {2}<vcpu max='(\d+)'\/>$/m.exec(capabilities)?.[1];
  return max === undefined ? undefined : Number(max);
}

/** Free memory of each NUMA cell of the capabilities, and the sum. */
async function freeOfCells(connection: Connection): Promise<Output> {
  const host = childOf(readDocument(await connection.capabilities()).root, 'host');
  const topology = host && childOf(host, 'topology');
  const list = topology && childOf(topology, 'cells');
  const ids = list === undefined ? [] : childrenOf(list, 'cell').map((cell) => Number(attributeOf(cell, 'id')));
  const free = await Promise.all(
    ids.map(async (id) => {
      const { cells } = await connection.remote.nodeGetCellsFreeMemory({ startCell: id, maxcells: 1 });
      return (cells[0] ?? 0n) / 1024n;
    }),
  );
  const total = free.reduce((sum, kib) => sum + kib, 0n);
  const line = (name: string, kib: bigint): string => `${name.padStart(5)}: ${String(kib).padStart(10)} KiB\n`;
  const lines = free.map((kib, at) => line(String(ids[at]), kib));
  return plain([...lines, line('Total', total)].join(''), {
    cells: ids.map((id, at) => ({ id, free: free[at] })),
    total,
  });
}

const narrowing = flagSet(domainCapabilitiesFlags, [
  [
    'disable-deprecated-features',
    'disableDeprecatedFeatures',
    'report host CPU model with deprecated features disabled',
  ],
]);

export const hostCommands: readonly Command[] = [
  {
    name: 'uri',
    group: 'Virtkit itself',
    summary: 'print the hypervisor canonical URI',
    options: [],
    run: async (context) => plain(`${await (await context.connection()).uri()}\n`),
  },
  {
    name: 'hostname',
    group,
    summary: 'print the hypervisor hostname',
    options: [],
    run: async (context) => plain(`${await (await context.connection()).hostname()}\n`),
  },
  {
    name: 'capabilities',
    group,
    summary: 'capabilities',
    options: documentOptions,
    run: async (context, values) => documentOutput(await (await context.connection()).capabilities(), values),
  },
  {
    name: 'domcapabilities',
    group,
    summary: 'domain capabilities',
    options: [
      text('virttype', 'virtualization type (/domain/@type)'),
      text('emulatorbin', 'path to emulator binary (/domain/devices/emulator)'),
      text('arch', 'domain architecture (/domain/os/type/@arch)'),
      text('machine', 'machine type (/domain/os/type/@machine)'),
      ...documentOptions,
      ...narrowing.options,
    ],
    run: async (context, values) => {
      const { remote } = await context.connection();
      const query = {
        emulatorbin: values.optional('emulatorbin'),
        arch: values.optional('arch'),
        machine: values.optional('machine'),
        virttype: values.optional('virttype'),
        flags: narrowing.bits(values),
      };
      const { capabilities } = await attempt('failed to get emulator capabilities', () =>
        remote.connectGetDomainCapabilities(query),
      );
      return documentOutput(capabilities, values);
    },
  },
  {
    name: 'sysinfo',
    group,
    summary: 'print the hypervisor sysinfo',
    options: [],
    run: async (context) =>
      plain(
        (
          await attempt('failed to get sysinfo', async () =>
            (await context.connection()).remote.connectGetSysinfo({ flags: 0 }),
          )
        ).sysinfo,
      ),
  },
  {
    name: 'nodeinfo',
    group,
    summary: 'node information',
    options: [],
    run: async (context) => {
      const info = await attempt('failed to get node information', async () =>
        (await context.connection()).remote.nodeGetInfo({}),
      );
      return pairs(
        [
          ['CPU model', info.model],
          ['CPU(s)', info.cpus],
          ['CPU frequency', `${info.mhz} MHz`],
          ['CPU socket(s)', info.sockets],
          ['Core(s) per socket', info.cores],
          ['Thread(s) per core', info.threads],
          ['NUMA cell(s)', info.nodes],
          ['Memory size', `${info.memory} KiB`],
        ],
        21,
      );
    },
  },
  {
    name: 'nodecpustats',
    group,
    summary: 'Prints cpu stats of the node.',
    options: [
      number('cpu', 'prints specified cpu statistics only.'),
      flag('percent', 'prints by percentage during 1 second.'),
    ],
    run: cpuStatistics,
  },
  {
    name: 'nodememstats',
    group,
    summary: 'Prints memory stats of the node.',
    options: [number('cell', 'prints specified cell statistics only.')],
    run: async (context, values) => {
      const { remote } = await context.connection();
      const cellNum = values.number('cell') ?? -1;
      const { nparams } = await attempt('Unable to get number of memory stats', () =>
        remote.nodeGetMemoryStats({ cellNum, nparams: 0, flags: 0 }),
      );
      const { params } = await remote.nodeGetMemoryStats({ cellNum, nparams, flags: 0 });
      return plain(
        params.map(({ field, value }) => `${field.padEnd(7)}: ${String(value).padStart(20)} KiB\n`).join(''),
        Object.fromEntries(params.map(({ field, value }) => [field, value])),
      );
    },
  },
  {
    name: 'freecell',
    group,
    summary: 'NUMA free memory',
    options: [number('cellno', 'NUMA cell number'), flag('all', 'show free memory for all NUMA cells')],
    run: async (context, values) => {
      const { remote } = await context.connection();
      exclusive(values, 'all', 'cellno');
      const cell = values.number('cellno');
      if (cell !== undefined) {
        const { cells } = await remote.nodeGetCellsFreeMemory({ startCell: cell, maxcells: 1 });
        return bare(`${cell}: ${(cells[0] ?? 0n) / 1024n} KiB\n`, cells);
      }
      if (values.flag('all')) return freeOfCells(await context.connection());
      const { freeMem } = await remote.nodeGetFreeMemory({});
      return plain(`Total: ${freeMem / 1024n} KiB\n`, freeMem);
    },
  },
  {
    name: 'maxvcpus',
    group,
    summary: 'connection vcpu maximum',
    options: [text('type', 'domain type')],
    run: async (context, values) => {
      const { remote } = await context.connection();
      const maxVcpus =
        (await documentedVcpus(remote, values.optional('type'))) ??
        (await remote.connectGetMaxVcpus({ type: values.optional('type') })).maxVcpus;
      return plain(`${maxVcpus}\n`, maxVcpus);
    },
  },
  {
    name: 'cpu-models',
    group,
    summary: 'CPU models',
    options: [text('arch', 'architecture', { required: true })],
    run: async (context, values) => {
      const { remote } = await context.connection();
      const { models } = await attempt('failed to get CPU model names', () =>
        remote.connectGetCPUModelNames({ arch: values.text('arch'), needResults: 1, flags: 0 }),
      );
      const lines = models.length === 0 ? ['all CPU models are accepted'] : models;
      return bare(lines.map((line) => `${line}\n`).join(''), models);
    },
  },
  {
    name: 'nodecpumap',
    group,
    summary: 'node cpu map',
    options: [flag('pretty', 'return human readable output')],
    run: async (context, values) => {
      const { remote } = await context.connection();
      const {
        cpumap,
        online,
        ret: present,
      } = await attempt('Unable to get cpu map', () => remote.nodeGetCPUMap({ needMap: 1, needOnline: 1, flags: 0 }));
      const list = cpuList(cpumap, present);
      const map = values.flag('pretty') ? list : cpuMarks(cpumap, present);
      const text = `CPUs present:   ${present}\nCPUs online:    ${online}\nCPU map:        ${map}\n`;
      return plain(text, { present, online, cpus: list });
    },
  },
  {
    name: 'version',
    group,
    summary: 'show version',
    options: [flag('daemon', 'report daemon version too')],
    run: async (context, values) => {
      const { remote } = await context.connection();
      const [{ type }, { hvVer }, { libVer }] = await Promise.all([
        remote.connectGetType({}),
        remote.connectGetVersion({}),
        remote.connectGetLibVersion({}),
      ]);
      const lines = [
        `Using library: virtkit 1.0.0`,
        `Using API: ${type} ${release(libVer)}`,
        hvVer === 0n
          ? `Cannot extract running ${type} hypervisor version`
          : `Running hypervisor: ${type} ${release(hvVer)}`,
      ];
      const daemon = values.flag('daemon') ? [`Running against daemon: ${release(libVer)}`] : [];
      return plain(`${[...lines, ...daemon].join('\n')}\n`, { type, hypervisor: release(hvVer), api: release(libVer) });
    },
  },
];
