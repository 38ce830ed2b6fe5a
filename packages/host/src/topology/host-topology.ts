import type { FileTree } from '../machine/file-tree.js';
import {
  type CacheBank,
  cacheBanks,
  type MemoryBandwidthNode,
  memoryBandwidthNodes,
  resourceMonitor,
  type ResourceMonitor,
} from './caches.js';
import { type CellMemory, type HostCell, hostCells } from './cells.js';
import { type Interconnect, interconnects } from './interconnects.js';

/** How processors, memory and caches of a host belong together. */
export interface HostTopology {
  readonly cells: readonly HostCell[];
  readonly interconnects: readonly Interconnect[];
  readonly caches: readonly CacheBank[];
  readonly cacheMonitor: ResourceMonitor | undefined;
  readonly memoryBandwidth: readonly MemoryBandwidthNode[];
  readonly memoryBandwidthMonitor: ResourceMonitor | undefined;
}

/** Cells, processors and caches of the host, as the kernel's files tell them. `memory` tells what a cell has. */
export function hostTopology(tree: FileTree, memory?: CellMemory): HostTopology {
  const caches = cacheBanks(tree);
  return {
    cells: hostCells(tree, memory),
    interconnects: interconnects(tree),
    caches,
    cacheMonitor: resourceMonitor(tree, 'llc_'),
    memoryBandwidth: memoryBandwidthNodes(tree, caches),
    memoryBandwidthMonitor: resourceMonitor(tree, 'mbm_'),
  };
}
