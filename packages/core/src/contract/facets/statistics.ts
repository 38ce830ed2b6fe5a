import type { Call } from '../call.js';
import type { DomainRef, DomainState } from '../references.js';

/** Values of one guest by libvirt's own names (`cpu.time`, `block.0.rd.bytes`); the kernel's table knows their wire types. */
export interface DomainStatistics {
  readonly domain: DomainRef;
  readonly values: ReadonlyMap<string, number | bigint | string | boolean>;
  /** The group `state`, in words; the protocol's tables give the numbers. */
  readonly state?: DomainState;
  /** Set when the guest did not answer in time: how old the last known values are. */
  readonly ageMs?: number;
}
export type StatisticsGroup =
  | 'state'
  | 'cpu-total'
  | 'balloon'
  | 'vcpu'
  | 'interface'
  | 'block'
  | 'perf'
  | 'iothread'
  | 'memory'
  | 'dirtyrate'
  | 'vm';

export interface BlockInfo {
  /** Bytes. */
  readonly capacity: bigint;
  readonly allocation: bigint;
  readonly physical: bigint;
}
export interface MemoryStatistic {
  readonly tag: number;
  readonly value: bigint;
}
export interface VcpuInfo {
  readonly number: number;
  readonly state: 'offline' | 'running' | 'blocked';
  readonly cpuTimeNs: bigint;
  /** Host CPU it runs on, −1 unknown. */
  readonly cpu: number;
  /** Host CPUs it may run on. */
  readonly affinity: readonly boolean[];
}

/** For many guests at once; no reader waits for another guest. */
export interface StatisticsFacet {
  /** In the order asked. @libvirt virConnectGetAllDomainStats */
  read?(
    domains: readonly DomainRef[],
    groups: readonly StatisticsGroup[],
    options: { readonly backing?: boolean; readonly nowait?: boolean },
    call: Call,
  ): Promise<readonly DomainStatistics[]>;
  /** By libvirt's names (`rd_bytes` …); `disk` is a target or a path, empty: all disks together. */
  block?(domain: DomainRef, disk: string, call: Call): Promise<ReadonlyMap<string, bigint>>;
  blockInfo?(domain: DomainRef, disk: string, call: Call): Promise<BlockInfo>;
  interface?(domain: DomainRef, device: string, call: Call): Promise<ReadonlyMap<string, bigint>>;
  memory?(domain: DomainRef, call: Call): Promise<readonly MemoryStatistic[]>;
  vcpus?(domain: DomainRef, call: Call): Promise<readonly VcpuInfo[]>;
  /** Typed parameters per host CPU from `first` on, or the totals. @libvirt virDomainGetCPUStats */
  cpu?(
    domain: DomainRef,
    range: 'total' | { readonly first: number; readonly count: number },
    call: Call,
  ): Promise<readonly ReadonlyMap<string, bigint>[]>;
  diskErrors?(
    domain: DomainRef,
    call: Call,
  ): Promise<readonly { readonly disk: string; readonly error: 'unspec' | 'no-space' }[]>;
  blockPeek?(domain: DomainRef, disk: string, offset: bigint, length: number, call: Call): Promise<Uint8Array>;
  memoryPeek?(
    domain: DomainRef,
    start: bigint,
    length: number,
    kind: 'virtual' | 'physical',
    call: Call,
  ): Promise<Uint8Array>;
  startDirtyRate?(
    domain: DomainRef,
    seconds: number,
    mode: 'page-sampling' | 'dirty-bitmap' | 'dirty-ring',
    call: Call,
  ): Promise<void>;
  messages?(
    domain: DomainRef,
    kinds: readonly ('deprecation' | 'tainting' | 'ioerror')[],
    call: Call,
  ): Promise<readonly string[]>;
  /** @libvirt virDomainGetControlInfo */
  control?(
    domain: DomainRef,
    call: Call,
  ): Promise<{
    readonly state: 'ok' | 'job' | 'occupied' | 'error';
    readonly details: number;
    readonly stateTimeMs: number;
  }>;
  ioThreads?(
    domain: DomainRef,
    target: { readonly live?: boolean; readonly config?: boolean },
    call: Call,
  ): Promise<readonly { readonly id: number; readonly affinity: readonly boolean[] }[]>;
}
