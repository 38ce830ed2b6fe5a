import { parseCpuList } from './cpu-list.js';
import type { FileTree } from './file-tree.js';

/** Where the kernel tells of processors and nodes. */
export const systemPath = 'sys/devices/system';

/** Where one processor sits. */
export interface CpuPlace {
  readonly id: number;
  readonly socket: number;
  readonly die: number;
  readonly cluster: number;
  readonly core: number;
  /** Processors of the same core, itself included. */
  readonly siblings: readonly number[];
}

const cpuName = /^cpu(\d+)$/;

/** Numbers of the processors listed in a folder of sysfs. */
export const cpusIn = (tree: FileTree, folder: string): readonly number[] =>
  tree.names(folder).flatMap((name) => {
    const number = cpuName.exec(name)?.[1];
    return number === undefined ? [] : [Number(number)];
  });

/** Processors the kernel knows. @libvirt virNodeGetCPUMap */
export const presentCpus = (tree: FileTree): ReadonlySet<number> => cpuSet(tree, 'present');
/** Processors in use. */
export const onlineCpus = (tree: FileTree): ReadonlySet<number> => cpuSet(tree, 'online');

function cpuSet(tree: FileTree, name: string): ReadonlySet<number> {
  const list = tree.text(`${systemPath}/cpu/${name}`);
  return new Set(list === undefined ? cpusIn(tree, `${systemPath}/cpu`) : parseCpuList(list));
}

/** Numbers of the NUMA nodes that have a folder. */
export const numaNodes = (tree: FileTree): readonly number[] =>
  tree.names(`${systemPath}/node`).flatMap((name) => {
    const number = /^node(\d+)$/.exec(name)?.[1];
    return number === undefined ? [] : [Number(number)];
  });

/** Reads the topology files of one processor; what the kernel does not say is 0. */
export function cpuPlace(tree: FileTree, id: number): CpuPlace {
  const file = (name: string) => tree.text(`${systemPath}/cpu/cpu${id}/topology/${name}`);
  const number = (name: string) => Math.max(0, Number(file(name) ?? 0));
  const siblings = file('thread_siblings_list');
  return {
    id,
    socket: number('physical_package_id'),
    die: number('die_id'),
    cluster: number('cluster_id'),
    core: number('core_id'),
    siblings: siblings === undefined ? [id] : parseCpuList(siblings),
  };
}
