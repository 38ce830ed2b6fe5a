import { arch as nodeArch, hostname } from 'node:os';
import type { Commands, CpuMap, NodeInfo } from '@virtkit/core';
import { hostError } from '../errors.js';
import { readSysinfo } from '../sysinfo/read-sysinfo.js';
import { cpuFlags } from './cpu-list.js';
import { cpuSignature } from './cpu-model.js';
import { type CpuTimes, parseCpuStatistics } from './cpu-statistics.js';
import { numaNodes, onlineCpus, presentCpus } from './cpu-topology.js';
import { type FileTree, fileTree } from './file-tree.js';
import { freeMemory, memoryStatistics, nodeMemory, totalMemory } from './memory.js';
import { cpuCounts } from './node-info.js';
import { pageCounts } from './pages.js';

const arches: Readonly<Record<string, string>> = { x64: 'x86_64', ia32: 'i686', arm64: 'aarch64', arm: 'armv7l' };

/** Facts about the machine this runs on, as libvirt words them. Everything is read when asked. */
export class Machine {
  constructor(
    private readonly commands: Commands,
    readonly tree: FileTree = fileTree(),
  ) {}

  /** `x86_64`, `aarch64`, … */
  get arch(): string {
    const name = nodeArch();
    return arches[name] ?? name;
  }

  hostname(): string {
    return hostname();
  }

  /** @libvirt virNodeGetInfo */
  info(): NodeInfo {
    return { model: this.arch, memoryKiB: Number(totalMemory(this.tree)), ...cpuCounts(this.tree, this.arch) };
  }

  /** A line that changes with the processor; undefined where the kernel tells none. */
  cpuSignature(): string | undefined {
    return cpuSignature(this.tree.text('proc/cpuinfo') ?? '', this.arch);
  }

  /** @libvirt virNodeGetCPUMap */
  cpuMap(): CpuMap {
    const present = cpuFlags(presentCpus(this.tree));
    return { present, online: cpuFlags(onlineCpus(this.tree), present.length) };
  }

  /** Nanoseconds since boot, of one processor or all. @libvirt virNodeGetCPUStats */
  cpuStatistics(cpu?: number): CpuTimes {
    return parseCpuStatistics(this.tree.text('proc/stat') ?? '', cpu);
  }

  /** KiB by name. @libvirt virNodeGetMemoryStats */
  memoryStatistics(cell?: number): ReadonlyMap<string, bigint> {
    return memoryStatistics(this.tree, cell);
  }

  /** Bytes. @libvirt virNodeGetFreeMemory */
  freeMemory(): bigint {
    return freeMemory(this.tree);
  }

  /** Bytes of each cell from `first` on, at most `count`. @libvirt virNodeGetCellsFreeMemory */
  cellsFreeMemory(first: number, count: number): readonly bigint[] {
    return this.#cells(first, count).map((cell) => (nodeMemory(this.tree, cell)?.free ?? 0n) * 1024n);
  }

  /** Free pages of each size, cell by cell; cell −1 is the machine. @libvirt virNodeGetFreePages */
  freePages(sizesKiB: readonly number[], firstCell: number, cells: number): readonly bigint[] {
    const wanted = firstCell === -1 ? [undefined] : this.#cells(firstCell, cells);
    return wanted.flatMap((cell) => sizesKiB.map((size) => pageCounts(this.tree, cell, size).free));
  }

  /** The `<sysinfo>` document; undefined when the machine tells nothing. */
  sysinfo(signal?: AbortSignal): Promise<string | undefined> {
    return readSysinfo(this.commands, this.tree, this.arch, signal);
  }

  #cells(first: number, count: number): readonly number[] {
    const last = this.#lastCell();
    if (first < 0 || first > last) throw hostError('INTERNAL_ERROR', `start cell ${first} out of range (0-${last})`);
    const end = Math.min(last, first + count - 1);
    return Array.from({ length: Math.max(0, end - first + 1) }, (_, index) => first + index);
  }

  #lastCell(): number {
    return Math.max(0, ...numaNodes(this.tree));
  }
}
