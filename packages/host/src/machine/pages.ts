import { hostError } from '../errors.js';
import { systemPath } from './cpu-topology.js';
import type { FileTree } from './file-tree.js';
import { nodeMemory, parseMeminfo } from './memory.js';

/** KiB of an ordinary page. */
export const systemPageKiB = 4;

/** Sizes in KiB of the pages a NUMA node can have, ascending. */
export function pageSizes(tree: FileTree, node: number | undefined): readonly number[] {
  const huge = tree.names(hugeFolder(node)).flatMap((name) => {
    const size = /^hugepages-(\d+)kB$/.exec(name)?.[1];
    return size === undefined ? [] : [Number(size)];
  });
  return [systemPageKiB, ...huge.sort((a, b) => a - b)];
}

export interface PageCounts {
  readonly total: bigint;
  readonly free: bigint;
}

/** How many pages of a size a node has (`node` undefined: the machine), and how many are free. Throws for an unknown size. */
export function pageCounts(tree: FileTree, node: number | undefined, sizeKiB: number): PageCounts {
  return sizeKiB === systemPageKiB ? ordinaryPages(tree, node) : hugePages(tree, node, sizeKiB);
}

const hugeFolder = (node: number | undefined): string =>
  node === undefined ? 'sys/kernel/mm/hugepages' : `${systemPath}/node/node${node}/hugepages`;

function hugePages(tree: FileTree, node: number | undefined, sizeKiB: number): PageCounts {
  const folder = `${hugeFolder(node)}/hugepages-${sizeKiB}kB`;
  const total = tree.text(`${folder}/nr_hugepages`);
  if (total === undefined)
    throw hostError('OPERATION_FAILED', `page size ${sizeKiB} is not available on node ${node ?? -1}`);
  return { total: BigInt(total), free: BigInt(tree.text(`${folder}/free_hugepages`) ?? 0) };
}

/** What huge pages take is no ordinary memory. */
function ordinaryPages(tree: FileTree, node: number | undefined): PageCounts {
  const huge = pageSizes(tree, node)
    .filter((size) => size !== systemPageKiB)
    .reduce((sum, size) => sum + hugePages(tree, node, size).total * BigInt(size), 0n);
  const { total, free } = memoryOf(tree, node);
  const page = BigInt(systemPageKiB);
  return { total: (total - huge) / page, free: free / page };
}

function memoryOf(tree: FileTree, node: number | undefined): PageCounts {
  if (node !== undefined) return nodeMemory(tree, node) ?? { total: 0n, free: 0n };
  const values = parseMeminfo(tree.text('proc/meminfo') ?? '');
  return { total: values.get('MemTotal') ?? 0n, free: values.get('MemFree') ?? 0n };
}
