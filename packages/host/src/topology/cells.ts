import { parseCpuList } from '../machine/cpu-list.js';
import { type CpuPlace, cpuPlace, numaNodes, onlineCpus, systemPath } from '../machine/cpu-topology.js';
import type { FileTree } from '../machine/file-tree.js';
import { nodeMemory, totalMemory } from '../machine/memory.js';
import { pageCounts, pageSizes } from '../machine/pages.js';

export interface CellPages {
  readonly sizeKiB: number;
  readonly count: bigint;
}
/** A cache on the side of the memory. */
export interface MemorySideCache {
  readonly level: number;
  readonly associativity: 'none' | 'direct' | 'full';
  readonly policy: 'none' | 'writeback' | 'writethrough';
  readonly sizeBytes: number;
  readonly lineBytes: number;
}
/** A NUMA node. */
export interface HostCell {
  readonly id: number;
  readonly memoryKiB: bigint;
  readonly pages: readonly CellPages[];
  /** To every cell, in their order; 10 is the cell itself. Empty where nobody says. */
  readonly distances: readonly { readonly cell: number; readonly value: number }[];
  readonly caches: readonly MemorySideCache[];
  readonly cpus: readonly CpuPlace[];
}

/** How much of what a cell has; a recording has no memory of its own. */
export interface CellMemory {
  memoryKiB(node: number | undefined): bigint;
  pages(node: number | undefined): readonly CellPages[];
  readonly distances: boolean;
}

/** The memory of the machine `tree` shows. */
export const cellMemory = (tree: FileTree): CellMemory => ({
  memoryKiB: (node) => (node === undefined ? totalMemory(tree) : (nodeMemory(tree, node)?.total ?? 0n)),
  pages: (node) => pageSizes(tree, node).map((sizeKiB) => ({ sizeKiB, count: pageCounts(tree, node, sizeKiB).total })),
  distances: true,
});

/** All NUMA nodes; a machine without has one cell with everything. */
export function hostCells(tree: FileTree, memory: CellMemory = cellMemory(tree)): readonly HostCell[] {
  const nodes = numaNodes(tree);
  const online = onlineCpus(tree);
  if (nodes.length === 0) return [cellOf(tree, memory, undefined, [...online])];
  return nodes.map((node) => {
    const cpus = parseCpuList(tree.text(`${systemPath}/node/node${node}/cpulist`) ?? '');
    return cellOf(
      tree,
      memory,
      node,
      cpus.filter((cpu) => online.has(cpu)),
    );
  });
}

function cellOf(tree: FileTree, memory: CellMemory, node: number | undefined, cpus: readonly number[]): HostCell {
  return {
    id: node ?? 0,
    memoryKiB: memory.memoryKiB(node),
    pages: memory.pages(node),
    distances: memory.distances && node !== undefined ? distances(tree, node) : [],
    caches: node === undefined ? [] : sideCaches(tree, node),
    cpus: cpus.map((cpu) => cpuPlace(tree, cpu)),
  };
}

function distances(tree: FileTree, node: number): HostCell['distances'] {
  const values = (tree.text(`${systemPath}/node/node${node}/distance`) ?? '').trim().split(/\s+/).map(Number);
  return numaNodes(tree).map((cell, index) => ({ cell, value: values[index] ?? 0 }));
}

const associativities = ['direct', 'full'] as const;
const policies = ['writeback', 'writethrough'] as const;

function sideCaches(tree: FileTree, node: number): readonly MemorySideCache[] {
  const folder = `${systemPath}/node/node${node}/memory_side_cache`;
  return tree.names(folder).flatMap((name) => {
    const level = /^index(\d+)$/.exec(name)?.[1];
    if (level === undefined) return [];
    const number = (file: string) => Number(tree.text(`${folder}/${name}/${file}`) ?? 0);
    return [
      {
        level: Number(level),
        associativity: associativities[number('indexing')] ?? 'none',
        policy: policies[number('write_policy')] ?? 'none',
        sizeBytes: number('size'),
        lineBytes: number('line_size'),
      },
    ];
  });
}
