import type { FileTree } from '@virtkit/host';
import { cpuCounts, cpuInfoField } from '@virtkit/host';
import { element, leaf, type Item } from '../../capabilities/document.js';
import type { CpuMap } from '../../cpu/cpu-map.js';
import { CpuidData, setSignature, vendorData } from '../../cpu/cpuid-data.js';
import { decodeCpu } from '../../cpu/decode.js';
import { type AskCpuid, readHostCpuid } from '../../cpu/host-cpuid.js';

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
  bus_lock_detect: 'bus-lock-detect',
  tsxldtrk: 'tsx-ldtrk',
  flush_l1d: 'flush-l1d',
  md_clear: 'md-clear',
  virt_ssbd: 'virt-ssbd',
  amd_ssbd: 'amd-ssbd',
};

export interface HostCpuFacts {
  readonly arch: string;
  readonly map: CpuMap | undefined;
  /** Asks the processor; undefined where only the kernel's description of it can be had. */
  readonly cpuid: AskCpuid | undefined;
}

/** The host's processor as the processor itself says, or at least the kernel. */
export function hostCpu(tree: FileTree, facts: HostCpuFacts): Item {
  return element('cpu', {}, [leaf('arch', facts.arch), ...modelItems(tree, facts), ...pageItems(tree)]);
}

function modelItems(tree: FileTree, { arch, map, cpuid }: HostCpuFacts): readonly Item[] {
  if (map === undefined || (arch !== 'x86_64' && arch !== 'i686')) return [];
  const cpuinfo = tree.text('proc/cpuinfo') ?? '';
  const data = cpuid === undefined ? describedCpuid(cpuinfo, map) : readHostCpuid(map, cpuid);
  const decoded = decodeCpu(map, data, { for: 'host' });
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

/** What the kernel lists; it leaves out what it has no use for. */
function describedCpuid(cpuinfo: string, map: CpuMap): CpuidData {
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
