import type { NodeInfo } from '@virtkit/core';
import { cpuFrequency } from './cpu-model.js';
import { cpuPlace, cpusIn, numaNodes, onlineCpus, presentCpus, systemPath } from './cpu-topology.js';
import type { FileTree } from './file-tree.js';

export type CpuCounts = Pick<NodeInfo, 'cpus' | 'mhz' | 'nodes' | 'sockets' | 'cores' | 'threads'>;
interface Count {
  readonly cpus: number;
  readonly offline: number;
  readonly sockets: number;
  readonly cores: number;
  readonly threads: number;
}

/**
 * How many processors this machine has and how they are arranged: sockets of a node, cores of a socket, threads of a
 * core, the largest of each. An arrangement whose product is not the number of processors is given as one socket with
 * that many cores. `subcoreThreads`: threads of a subcore on POWER, whose other threads are offline on purpose; 0 elsewhere.
 * @libvirt virNodeGetInfo
 */
export function cpuCounts(tree: FileTree, arch: string, subcoreThreads = 0): CpuCounts {
  const mhz = cpuFrequency(tree.text('proc/cpuinfo') ?? '', arch);
  const present = presentCpus(tree);
  const online = onlineCpus(tree);
  const subcores = subcoreThreads > 0 && subcoresInOrder(present, online, subcoreThreads) ? subcoreThreads : 0;
  const count = (folder: string) => countFolder(tree, arch, folder, { present, online, subcores });
  const nodes = numaNodes(tree).map((node) => count(`${systemPath}/node/node${node}`));
  const total = sum(nodes);
  const counts = total.cpus > 0 ? { ...total, nodes: nodes.length } : { ...count(`${systemPath}/cpu`), nodes: 1 };
  return { mhz, ...sensible(counts) };
}

function sensible(counts: Count & { readonly nodes: number }): Omit<CpuCounts, 'mhz'> {
  const all = counts.cpus + counts.offline;
  const { cpus, nodes, sockets, cores, threads } = counts;
  if (nodes * sockets * cores * threads === all) return { cpus, nodes, sockets, cores, threads };
  return { cpus, nodes: 1, sockets: 1, cores: all, threads: 1 };
}

function countFolder(
  tree: FileTree,
  arch: string,
  folder: string,
  known: { readonly present: ReadonlySet<number>; readonly online: ReadonlySet<number>; readonly subcores: number },
): Count {
  const cpus = cpusIn(tree, folder).filter((cpu) => known.present.has(cpu));
  const running = cpus.filter((cpu) => known.online.has(cpu)).map((cpu) => cpuPlace(tree, cpu));
  const cores = new Map<number, Set<number>>();
  for (const { socket } of running) cores.set(socket, new Set());
  for (const { socket, core, id } of running) cores.get(socket)?.add(arch.startsWith('s390') ? id : core);
  const step = Math.max(1, known.subcores);
  const counted = cpus.filter((cpu) => cpu % step === 0);
  const threads = Math.max(0, ...running.map(({ siblings }) => siblings.length));
  return {
    cpus: running.length * step,
    offline: (counted.length - running.length) * step,
    sockets: cores.size,
    cores: Math.max(0, ...[...cores.values()].map(({ size }) => size)),
    threads: known.subcores > 0 ? known.subcores : arch.startsWith('s390') ? 1 : threads,
  };
}

function sum(counts: readonly Count[]): Count {
  const largest = (of: (count: Count) => number) => Math.max(0, ...counts.map(of));
  return {
    cpus: counts.reduce((all, { cpus }) => all + cpus, 0),
    offline: counts.reduce((all, { offline }) => all + offline, 0),
    sockets: largest(({ sockets }) => sockets),
    cores: largest(({ cores }) => cores),
    threads: largest(({ threads }) => threads),
  };
}

/** On POWER a hypervisor wants the first thread of every subcore online and all others offline. */
const subcoresInOrder = (present: ReadonlySet<number>, online: ReadonlySet<number>, threads: number): boolean =>
  [...present].every((cpu) => cpu % threads === 0 || !online.has(cpu));
