import type { FileTree } from '@virtkit/host';
import { cpuCounts, cpuInfoField } from '@virtkit/host';
import { element, leaf, type Item } from '../../capabilities/document.js';
import type { CpuMap } from '../../cpu/cpu-map.js';
import { CpuidData, setSignature, vendorData } from '../../cpu/cpuid-data.js';
import { decodeCpu } from '../../cpu/decode.js';

/** Names of features the kernel spells in another way than libvirt. */
const renamed: Readonly<Record<string, string>> = {
  sse4_1: 'sse4.1',
  sse4_2: 'sse4.2',
  pclmulqdq: 'pclmuldq',
  tsc_deadline_timer: 'tsc-deadline',
  sha_ni: 'sha-ni',
  cr8_legacy: 'cr8legacy',
  nonstop_tsc: 'invtsc',
  avx512_vbmi2: 'avx512vbmi2',
  avx512_vnni: 'avx512vnni',
  avx512_bitalg: 'avx512bitalg',
  avx512_vpopcntdq: 'avx512-vpopcntdq',
  avx512_bf16: 'avx512-bf16',
  avx512_vp2intersect: 'avx512-vp2intersect',
  avx512_fp16: 'avx512-fp16',
  avx_vnni: 'avx-vnni',
  amx_tile: 'amx-tile',
  amx_int8: 'amx-int8',
  amx_bf16: 'amx-bf16',
  split_lock_detect: 'split-lock-detect',
  arch_capabilities: 'arch-capabilities',
  md_clear: 'md-clear',
  virt_ssbd: 'virt-ssbd',
  amd_ssbd: 'amd-ssbd',
};

/** The host's processor, as the kernel describes it: Node cannot ask the processor itself. */
export function hostCpu(tree: FileTree, arch: string, map: CpuMap | undefined): Item {
  const cpuinfo = tree.text('proc/cpuinfo') ?? '';
  return element('cpu', {}, [leaf('arch', arch), ...modelItems(cpuinfo, tree, arch, map), ...pageItems(tree)]);
}

function modelItems(cpuinfo: string, tree: FileTree, arch: string, map: CpuMap | undefined): readonly Item[] {
  if (map === undefined || (arch !== 'x86_64' && arch !== 'i686')) return [];
  const decoded = decodeCpu(map, cpuidOf(cpuinfo, map), { for: 'host' });
  if (decoded === undefined) return [];
  const microcode = cpuInfoField(cpuinfo, 'microcode');
  const bits = /^(\d+) bits physical/.exec(cpuInfoField(cpuinfo, 'address sizes') ?? '')?.[1];
  const { signature, vendor } = decoded;
  return [
    leaf('model', decoded.model),
    ...(vendor === undefined ? [] : [leaf('vendor', vendor)]),
    ...(microcode === undefined ? [] : [element('microcode', { version: String(Number(microcode)) })]),
    ...(signature === undefined ? [] : [element('signature', numbers({ ...signature }))]),
    topologyItem(tree, arch),
    ...(bits === undefined ? [] : [element('maxphysaddr', { mode: 'emulate', bits })]),
    ...decoded.features.filter(({ policy }) => policy === 'require').map(({ name }) => element('feature', { name })),
  ];
}

const numbers = (values: Readonly<Record<string, number>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));

function topologyItem(tree: FileTree, arch: string): Item {
  const { sockets, cores, threads } = cpuCounts(tree, arch);
  return element('topology', numbers({ sockets, dies: 1, clusters: 1, cores, threads }));
}

function cpuidOf(cpuinfo: string, map: CpuMap): CpuidData {
  const data = vendorData(cpuInfoField(cpuinfo, 'vendor_id') ?? '');
  const flags = (cpuInfoField(cpuinfo, 'flags') ?? '').split(/\s+/);
  // The kernel does not list what it switched on itself.
  if (flags.includes('xsave')) flags.push('osxsave');
  for (const flag of flags) data.add(map.feature(renamed[flag] ?? flag)?.data ?? new CpuidData());
  setSignature(data, {
    family: Number(cpuInfoField(cpuinfo, 'cpu family') ?? 0),
    model: Number(cpuInfoField(cpuinfo, 'model') ?? 0),
    stepping: Number(cpuInfoField(cpuinfo, 'stepping') ?? 0),
  });
  return data;
}

/** Sizes of pages in KiB, the smallest first. */
export function pageSizes(tree: FileTree): readonly number[] {
  const huge = tree
    .names('sys/kernel/mm/hugepages')
    .map((name) => Number(/^hugepages-(\d+)kB$/.exec(name)?.[1] ?? Number.NaN));
  return [4, ...huge.filter((size) => Number.isSafeInteger(size)).sort((a, b) => a - b)];
}

const pageItems = (tree: FileTree): readonly Item[] =>
  pageSizes(tree).map((size) => element('pages', { unit: 'KiB', size: String(size) }));
