import { addressFamilies, addressSources, statisticsFlags, statisticsGroups, vcpuStates } from '@virtkit/protocol';
import { type Command, domainOption, flag, number, text } from '../command.js';
import { attribute, attributeOf, childOf, devices, type XmlNode } from '../document.js';
import { attempt } from '../attempt.js';
import { exclusive } from '../exclusive.js';
import { flagSet } from '../flag-set.js';
import { bare, nothing, type Output, pairs, plain, table } from '../output.js';
import { readable } from '../scaled.js';
import { targetFlags, targetOptions } from '../target.js';
import { UsageError } from '../usage-error.js';
import { blockFigures, blockStatistics } from './block-figures.js';

const group = 'Domain Monitoring';

const groups = flagSet(statisticsGroups, [
  ['state', 'state', 'report domain state'],
  ['cpu-total', 'cpu-total', 'report domain physical cpu usage'],
  ['balloon', 'balloon', 'report domain balloon statistics'],
  ['vcpu', 'vcpu', 'report domain virtual cpu information'],
  ['interface', 'interface', 'report domain network interface information'],
  ['block', 'block', 'report domain block device statistics'],
  ['perf', 'perf', 'report domain perf event statistics'],
  ['iothread', 'iothread', 'report domain IOThread information'],
  ['memory', 'memory', 'report domain memory usage'],
  ['dirtyrate', 'dirtyrate', 'report domain dirty rate information'],
  ['vm', 'vm', 'report hypervisor-specific statistics'],
]);
const statistics = flagSet(statisticsFlags, [
  ['list-active', 'active', 'list only active domains'],
  ['list-inactive', 'inactive', 'list only inactive domains'],
  ['list-persistent', 'persistent', 'list only persistent domains'],
  ['list-transient', 'transient', 'list only transient domains'],
  ['list-running', 'running', 'list only running domains'],
  ['list-paused', 'paused', 'list only paused domains'],
  ['list-shutoff', 'shutoff', 'list only shutoff domains'],
  ['list-other', 'other', 'list only domains in other states'],
  ['enforce', 'enforce', 'enforce requested stats parameters'],
  ['backing', 'backing', 'add backing chain information to block stats'],
  ['nowait', 'nowait', 'report only stats that are accessible instantly'],
]);
/** Seconds between two looks of the guest's balloon at its memory. */
const period = number('period', 'period in seconds to set collection', { named: true });

/** @libvirt virDomainMemoryStatTags, in virsh's words */
const memoryTags = [
  'swap_in',
  'swap_out',
  'major_fault',
  'minor_fault',
  'unused',
  'available',
  'actual',
  'rss',
  'usable',
  'last_update',
  'disk_caches',
  'hugetlb_pgalloc',
  'hugetlb_pgfail',
];

function diskSource(disk: XmlNode): string {
  const source = childOf(disk, 'source');
  const words = ['file', 'dev', 'dir', 'name', 'volume'].map((name) =>
    source === undefined ? undefined : attributeOf(source, name),
  );
  return words.find((word) => word !== undefined) ?? '-';
}

function interfaceSource(card: XmlNode): string {
  const words = ['network', 'bridge', 'dev', 'path', 'mode'].map((name) => attribute(card, 'source', name));
  return words.find((word) => word !== undefined) ?? '-';
}

const sizes = (
  info: { readonly capacity: bigint; readonly allocation: bigint; readonly physical: bigint },
  human: boolean,
): Output => {
  const shown = (bytes: bigint): string => (human ? readable(bytes, 3) : String(bytes));
  return {
    ...pairs([
      ['Capacity', shown(info.capacity)],
      ['Allocation', shown(info.allocation)],
      ['Physical', shown(info.physical)],
    ]),
    data: info,
  };
};

const affinity = (maps: Uint8Array, vcpu: number, cpus: number): readonly boolean[] => {
  const length = Math.ceil(cpus / 8);
  return Array.from({ length: cpus }, (_, cpu) => ((maps[vcpu * length + (cpu >> 3)] ?? 0) & (1 << (cpu & 7))) !== 0);
};

/** `0-3,8` of a map. */
function ranges(map: readonly boolean[]): string {
  const words: string[] = [];
  for (let at = 0; at < map.length; at += 1) {
    if (!map[at]) continue;
    const first = at;
    while (map[at + 1]) at += 1;
    words.push(first === at ? String(at) : `${first}-${at}`);
  }
  return words.join(',');
}

export const domainStatistics: readonly Command[] = [
  {
    name: 'domblklist',
    group,
    summary: 'list all domain blocks',
    options: [
      domainOption,
      flag('inactive', 'get inactive rather than running configuration'),
      flag('details', 'additionally display the type and device value'),
    ],
    run: async (context, values) => {
      const domain = await context.domain(values.text('domain'));
      const disks = devices(await domain.xml({ inactive: values.flag('inactive') }), 'disk');
      const rows = disks.map((disk) => [
        attributeOf(disk, 'type') ?? 'file',
        attributeOf(disk, 'device') ?? 'disk',
        attribute(disk, 'target', 'dev') ?? '-',
        diskSource(disk),
      ]);
      return values.flag('details')
        ? table(['Type', 'Device', 'Target', 'Source'], rows)
        : table(
            ['Target', 'Source'],
            rows.map(([, , target = '', source = '']) => [target, source]),
          );
    },
  },
  {
    name: 'domiflist',
    group,
    summary: 'list all domain virtual interfaces',
    options: [domainOption, flag('inactive', 'get inactive rather than running configuration')],
    run: async (context, values) => {
      const domain = await context.domain(values.text('domain'));
      const cards = devices(await domain.xml({ inactive: values.flag('inactive') }), 'interface');
      const rows = cards.map((card) => [
        attribute(card, 'target', 'dev') ?? '-',
        attributeOf(card, 'type') ?? '-',
        interfaceSource(card),
        attribute(card, 'model', 'type') ?? '-',
        attribute(card, 'mac', 'address') ?? '-',
      ]);
      return table(['Interface', 'Type', 'Source', 'Model', 'MAC'], rows);
    },
  },
  {
    name: 'domblkinfo',
    group,
    summary: 'domain block device size information',
    options: [
      domainOption,
      text('device', 'block device'),
      flag('human', 'Human readable output'),
      flag('all', 'display all block devices info'),
    ],
    run: async (context, values) => {
      exclusive(values, 'device', 'all');
      const domain = await context.domain(values.text('domain'));
      const { remote } = await context.connection();
      const info = (path: string) => remote.domainGetBlockInfo({ dom: domain.handle, path, flags: 0 });
      if (!values.flag('all')) {
        if (!values.has('device')) throw new UsageError("command 'domblkinfo' requires <device> option");
        return sizes(await info(values.text('device')), values.flag('human'));
      }
      const shown = (bytes: bigint): string => (values.flag('human') ? readable(bytes, 3) : String(bytes));
      const targets = devices(await domain.xml(), 'disk').map((disk) => attribute(disk, 'target', 'dev') ?? '-');
      const rows = await Promise.all(
        targets.map(async (target) => {
          const size = await info(target).catch(() => undefined);
          return size === undefined
            ? [target, '-', '-', '-']
            : [target, shown(size.capacity), shown(size.allocation), shown(size.physical)];
        }),
      );
      return table(['Target', 'Capacity', 'Allocation', 'Physical'], rows);
    },
  },
  {
    name: 'domblkstat',
    group,
    summary: 'get device block stats for a domain',
    options: [domainOption, text('device', 'block device'), flag('human', 'print a more human readable output')],
    run: async (context, values) => {
      const domain = await context.domain(values.text('domain'));
      const { remote } = await context.connection();
      const device = values.optional('device') ?? '';
      const stats = await attempt(`Failed to get block stats for domain '${domain.name}' device '${device}'`, () =>
        blockFigures(remote, domain, device),
      );
      const known = blockStatistics.flatMap(([field, name, title]) => {
        const value = stats.get(field);
        return value === undefined ? [] : [{ name, title, value }];
      });
      const lines = values.flag('human')
        ? [`Device: ${device}`, ...known.map(({ title, value }) => ` ${`${title}:`.padEnd(31)} ${value}`)]
        : known.map(({ name, value }) => `${device} ${name} ${value}`);
      return bare(`${lines.join('\n')}\n`, Object.fromEntries(known.map(({ name, value }) => [name, value])));
    },
  },
  {
    name: 'domifstat',
    group,
    summary: 'get network interface stats for a domain',
    options: [domainOption, text('interface', 'interface device specified by name or MAC Address', { required: true })],
    run: async (context, values) => {
      const domain = await context.domain(values.text('domain'));
      const { remote } = await context.connection();
      const device = values.text('interface');
      const stats = await attempt(`Failed to get interface stats ${domain.name} ${device}`, () =>
        remote.domainInterfaceStats({ dom: domain.handle, device }),
      );
      const rows = [
        ['rx_bytes', stats.rxBytes],
        ['rx_packets', stats.rxPackets],
        ['rx_errs', stats.rxErrs],
        ['rx_drop', stats.rxDrop],
        ['tx_bytes', stats.txBytes],
        ['tx_packets', stats.txPackets],
        ['tx_errs', stats.txErrs],
        ['tx_drop', stats.txDrop],
      ] as const;
      return bare(rows.map(([name, value]) => `${device} ${name} ${value}\n`).join(''), Object.fromEntries(rows));
    },
  },
  {
    name: 'domifaddr',
    group,
    summary: "Get network interfaces' addresses for a running domain",
    options: [
      domainOption,
      text('interface', 'network interface name'),
      flag('full', 'always display names and MACs of interfaces'),
      text('source', "address source: 'lease', 'agent', or 'arp'"),
    ],
    run: async (context, values) => {
      const domain = await context.domain(values.text('domain'));
      const { remote } = await context.connection();
      const source = addressSources.number(values.optional('source') ?? 'lease');
      if (source === undefined) throw new UsageError(`Unknown data source '${values.optional('source')}'`);
      const { ifaces } = await remote.domainInterfaceAddresses({ dom: domain.handle, source, flags: 0 });
      const wanted = ifaces.filter(({ name }) => !values.has('interface') || name === values.optional('interface'));
      const line = (name: string, mac: string, kind: string, address: string): string =>
        ` ${name.padEnd(10)} ${mac.padEnd(20)} ${kind.padEnd(8)}     ${address}\n`;
      const lines = wanted.flatMap(({ name, hwaddr, addrs }) =>
        addrs.length === 0
          ? [line(name, hwaddr ?? '', 'N/A', 'N/A')]
          : addrs.map(({ type, addr, prefix }, at) => {
              const [shownName, mac] = at === 0 || values.flag('full') ? [name, hwaddr ?? ''] : ['-', '-'];
              return line(shownName, mac, addressFamilies.word(type) ?? 'unknown', `${addr}/${prefix}`);
            }),
      );
      const head = ` ${'Name'.padEnd(10)} ${'MAC address'.padEnd(20)} ${'Protocol'.padEnd(8)}     Address\n${'-'.repeat(79)}\n`;
      return { text: head + lines.join(''), data: wanted };
    },
  },
  {
    name: 'dommemstat',
    group,
    summary: 'get memory statistics for a domain',
    options: [domainOption, period, ...targetOptions],
    run: async (context, values) => {
      const flags = targetFlags(values);
      const domain = await context.domain(values.text('domain'));
      const { remote } = await context.connection();
      const seconds = values.number('period');
      if (seconds !== undefined) {
        if (seconds < 0) throw new UsageError(`Invalid collection period value '${seconds}'`);
        await attempt('Unable to change balloon collection period.', () =>
          remote.domainSetMemoryStatsPeriod({ dom: domain.handle, period: seconds, flags }),
        );
        return nothing;
      }
      const { stats } = await attempt(`Failed to get memory statistics for domain ${domain.name}`, () =>
        remote.domainMemoryStats({ dom: domain.handle, maxStats: 13, flags: 0 }),
      );
      const rows = stats.flatMap(({ tag, val }) =>
        memoryTags[tag] === undefined ? [] : [[memoryTags[tag], val] as const],
      );
      return bare(rows.map(([name, value]) => `${name} ${value}\n`).join(''), Object.fromEntries(rows));
    },
  },
  {
    name: 'domstats',
    group,
    summary: 'get statistics about one or multiple domains',
    options: [
      ...groups.options,
      ...statistics.options,
      flag('raw', 'do not pretty-print the fields'),
      text('domain', 'list of domains to get stats for', { rest: true, completes: 'domain' }),
    ],
    run: async (context, values) => {
      const { remote } = await context.connection();
      const doms = await Promise.all(values.list('domain').map(async (words) => (await context.domain(words)).handle));
      const { retStats } = await remote.connectGetAllDomainStats({
        doms,
        stats: groups.bits(values),
        flags: statistics.bits(values),
      });
      const blocks = retStats.map(
        ({ dom, params }) =>
          `Domain: '${dom.name}'\n${params.map(({ field, type, value }) => `  ${field}=${type === 'boolean' ? (value ? 'yes' : 'no') : String(value)}\n`).join('')}`,
      );
      return plain(
        blocks.join('\n'),
        retStats.map(({ dom, params }) => ({
          domain: dom.name,
          values: Object.fromEntries(params.map(({ field, value }) => [field, value])),
        })),
      );
    },
  },
  {
    name: 'vcpuinfo',
    group: 'Domain Management',
    summary: 'detailed domain vcpu information',
    options: [domainOption, flag('pretty', 'return human readable output')],
    run: async (context, values) => {
      const domain = await context.domain(values.text('domain'));
      const { remote } = await context.connection();
      const { ret: cpus } = await remote.nodeGetCPUMap({ needMap: 0, needOnline: 0, flags: 0 });
      const { nrVirtCpu } = await domain.info();
      const { info, cpumaps } = await remote.domainGetVcpus({
        dom: domain.handle,
        maxinfo: nrVirtCpu,
        maplen: Math.ceil(cpus / 8),
      });
      const blocks = info.map((vcpu, at) => {
        const map = affinity(cpumaps, at, cpus);
        const words = values.flag('pretty')
          ? `${ranges(map)} (out of ${cpus})`
          : map.map((may) => (may ? 'y' : '-')).join('');
        const time =
          vcpu.cpuTime === 0n ? '' : `${'CPU time:'.padEnd(16)}${(Number(vcpu.cpuTime) / 1e9).toFixed(1)}s\n`;
        return `${'VCPU:'.padEnd(16)}${vcpu.number}\n${'CPU:'.padEnd(16)}${vcpu.cpu < 0 ? 'N/A' : vcpu.cpu}\n${'State:'.padEnd(16)}${vcpuStates.word(vcpu.state) ?? 'no state'}\n${time}${'CPU Affinity:'.padEnd(16)}${words}\n`;
      });
      return plain(blocks.join('\n'), info);
    },
  },
];
