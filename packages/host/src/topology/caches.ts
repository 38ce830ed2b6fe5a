import { formatCpuList, parseCpuList } from '../machine/cpu-list.js';
import { onlineCpus, systemPath } from '../machine/cpu-topology.js';
import type { FileTree } from '../machine/file-tree.js';

export type CacheType = 'both' | 'code' | 'data';
/** How a cache can be divided among guests. */
export interface CacheControl {
  readonly type: CacheType;
  readonly granularityBytes: number;
  readonly minBytes: number;
  readonly maxAllocations: number;
}
/** A cache of the processors, of level 2 and up. */
export interface CacheBank {
  readonly id: number;
  readonly level: number;
  readonly type: CacheType;
  readonly sizeBytes: number;
  /** In list form. */
  readonly cpus: string;
  readonly controls: readonly CacheControl[];
}
const resctrlInfo = 'sys/fs/resctrl/info';

const lowestLevel = 2;
const types: Readonly<Record<string, CacheType>> = { Unified: 'both', Instruction: 'code', Data: 'data' };

/** All caches, by level and number. */
export function cacheBanks(tree: FileTree): readonly CacheBank[] {
  const banks = new Map<string, CacheBank>();
  for (const cpu of onlineCpus(tree)) {
    const folder = `${systemPath}/cpu/cpu${cpu}/cache`;
    for (const name of tree.names(folder)) {
      const bank = /^index\d+$/.test(name) ? readBank(tree, `${folder}/${name}`) : undefined;
      if (bank !== undefined) banks.set(`${bank.level} ${bank.type} ${bank.id}`, bank);
    }
  }
  return [...banks.values()].sort((a, b) => a.level - b.level || a.id - b.id);
}

function readBank(tree: FileTree, folder: string): CacheBank | undefined {
  const text = (file: string) => tree.text(`${folder}/${file}`);
  const [id, level, size, type] = [text('id'), Number(text('level')), text('size'), types[text('type') ?? '']];
  if (id === undefined || size === undefined || type === undefined || level < lowestLevel) return undefined;
  const bank = { id: Number(id), level, type, sizeBytes: bytes(size) };
  const cpus = formatCpuList(parseCpuList(text('shared_cpu_list') ?? ''));
  return { ...bank, cpus, controls: controls(tree, bank) };
}

const factors: Readonly<Record<string, number>> = { K: 1024, M: 1024 ** 2, G: 1024 ** 3 };
const bytes = (text: string): number => Number.parseInt(text, 10) * (factors[text.at(-1) ?? ''] ?? 1);

const suffixes: readonly (readonly [suffix: string, type: CacheType])[] = [
  ['', 'both'],
  ['CODE', 'code'],
  ['DATA', 'data'],
];

function controls(
  tree: FileTree,
  { level, sizeBytes }: { readonly level: number; readonly sizeBytes: number },
): readonly CacheControl[] {
  return suffixes.flatMap(([suffix, type]) => {
    const text = (file: string) => tree.text(`${resctrlInfo}/L${level}${suffix}/${file}`);
    const mask = text('cbm_mask');
    if (mask === undefined) return [];
    const granularityBytes = sizeBytes / BigInt(`0x${mask}`).toString(2).replaceAll('0', '').length;
    const minBytes = granularityBytes * Number(text('min_cbm_bits') ?? 1);
    return [{ type, granularityBytes, minBytes, maxAllocations: Number(text('num_closids') ?? 0) }];
  });
}

/** What the processor counts for those who use a cache or the memory. */
export interface ResourceMonitor {
  /** Bytes below which a counter may be given to another; of caches only. */
  readonly reuseThreshold?: number;
  readonly maxMonitors: number;
  readonly features: readonly string[];
}

/** The counters of one kind: those of the last cache (`llc_`) or of memory bandwidth (`mbm_`). */
export function resourceMonitor(tree: FileTree, prefix: 'llc_' | 'mbm_'): ResourceMonitor | undefined {
  const text = (file: string) => tree.text(`${resctrlInfo}/L3_MON/${file}`);
  const features = (text('mon_features') ?? '').split('\n').filter((feature) => feature.startsWith(prefix));
  if (features.length === 0) return undefined;
  const threshold = prefix === 'llc_' ? { reuseThreshold: Number(text('max_threshold_occupancy') ?? 0) } : {};
  return { ...threshold, maxMonitors: Number(text('num_rmids') ?? 0), features };
}

/** How memory bandwidth can be divided, in percent, for every last cache. */
export interface MemoryBandwidthNode {
  readonly id: number;
  readonly cpus: string;
  readonly granularity: number;
  readonly min: number;
  readonly maxAllocations: number;
}

/** How memory bandwidth can be shared out, by the largest caches; empty where the kernel offers no such control. */
export function memoryBandwidthNodes(tree: FileTree, banks: readonly CacheBank[]): readonly MemoryBandwidthNode[] {
  const number = (file: string) => Number(tree.text(`${resctrlInfo}/MB/${file}`) ?? 0);
  if (tree.text(`${resctrlInfo}/MB/bandwidth_gran`) === undefined) return [];
  const last = Math.max(0, ...banks.map(({ level }) => level));
  return banks
    .filter(({ level }) => level === last)
    .map(({ id, cpus }) => ({
      id,
      cpus,
      granularity: number('bandwidth_gran'),
      min: number('min_bandwidth'),
      maxAllocations: number('num_closids'),
    }));
}
