import { hostError } from '../errors.js';
import { numaNodes, systemPath } from './cpu-topology.js';
import type { FileTree } from './file-tree.js';

/** Reads `Name: 123 kB` lines, with or without `Node 0` before them. KiB by name. */
export function parseMeminfo(text: string): ReadonlyMap<string, bigint> {
  const values = new Map<string, bigint>();
  for (const line of text.split('\n')) {
    const match = /^(?:Node\s+\d+\s+)?([^:]+):\s+(\d+)/.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined) values.set(match[1], BigInt(match[2]));
  }
  return values;
}

/** KiB of memory of the whole machine. */
export const totalMemory = (tree: FileTree): bigint => meminfo(tree, undefined).get('MemTotal') ?? 0n;

/** KiB of memory of all nodes; of the whole machine where it has none. @libvirt virNodeGetInfo */
export const memoryOfNodes = (tree: FileTree): bigint => sumOfNodes(tree, 'total') || totalMemory(tree);

/** Bytes free on all nodes; on the whole machine where it has none. @libvirt virNodeGetFreeMemory */
export const freeMemory = (tree: FileTree): bigint =>
  (sumOfNodes(tree, 'free') || (meminfo(tree, undefined).get('MemFree') ?? 0n)) * 1024n;

function sumOfNodes(tree: FileTree, which: 'total' | 'free'): bigint {
  return numaNodes(tree).reduce((sum, node) => sum + (nodeMemory(tree, node)?.[which] ?? 0n), 0n);
}

/** Total and free of one NUMA node, in KiB; undefined when there is no such node. */
export function nodeMemory(
  tree: FileTree,
  node: number,
): { readonly total: bigint; readonly free: bigint } | undefined {
  const values = meminfo(tree, node);
  const total = values.get('MemTotal');
  return total === undefined ? undefined : { total, free: values.get('MemFree') ?? 0n };
}

/** KiB: total and free, for the whole machine also buffers and cached. @libvirt virNodeGetMemoryStats */
export function memoryStatistics(tree: FileTree, node: number | undefined): ReadonlyMap<string, bigint> {
  const values = meminfo(tree, node);
  if (values.size === 0) throw noSuchCell(tree);
  const names = [
    ['total', 'MemTotal'],
    ['free', 'MemFree'],
    ['buffers', 'Buffers'],
    ['cached', 'Cached'],
  ] as const;
  const wanted = node === undefined ? names : names.slice(0, 2);
  return new Map(wanted.map(([name, key]) => [name, values.get(key) ?? 0n]));
}

function meminfo(tree: FileTree, node: number | undefined): ReadonlyMap<string, bigint> {
  const path = node === undefined ? 'proc/meminfo' : `${systemPath}/node/node${node}/meminfo`;
  return parseMeminfo(tree.text(path) ?? '');
}

const noSuchCell = (tree: FileTree): Error =>
  hostError.invalidArgument(
    { function: 'virHostMemGetStats', name: 'cellNum' },
    `cellNum in virHostMemGetStats must be less than or equal to ${Math.max(0, ...numaNodes(tree))}`,
  );
