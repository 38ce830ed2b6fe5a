import type { Call } from '../call.js';

export interface NodeInfo {
  readonly model: string;
  readonly memoryKiB: number;
  readonly cpus: number;
  readonly mhz: number;
  readonly nodes: number;
  readonly sockets: number;
  readonly cores: number;
  readonly threads: number;
}
export interface CapabilityQuery {
  readonly emulator?: string;
  readonly arch?: string;
  readonly machine?: string;
  readonly virtType?: string;
  readonly disableDeprecatedFeatures?: boolean;
}
export interface SecurityModel {
  readonly model: string;
  readonly doi: string;
}
export interface CpuMap {
  readonly present: readonly boolean[];
  readonly online: readonly boolean[];
}

/** The machine guests run on, as this connection sees it. */
export interface HostFacet {
  /** `QEMU`, `ESX`, … as clients print it. @libvirt virConnectGetType */
  type(): string;
  /** A `<capabilities>` document; the same string as long as nothing changed. @libvirt virConnectGetCapabilities */
  capabilities(call: Call): Promise<string>;
  /** major × 1,000,000 + minor × 1,000 + release. @libvirt virConnectGetVersion */
  version?(call: Call): Promise<number>;
  hostname?(call: Call): Promise<string>;
  info?(call: Call): Promise<NodeInfo>;
  /** The `<sysinfo>` document. */
  sysinfo?(call: Call): Promise<string>;
  maxVcpus?(type: string | undefined, call: Call): Promise<number>;
  /** A `<domainCapabilities>` document; the same string as long as nothing changed. */
  domainCapabilities?(query: CapabilityQuery, call: Call): Promise<string>;
  securityModel?(call: Call): Promise<SecurityModel>;
  /** Nanoseconds since boot by name; `cpu` undefined: all processors. */
  cpuStatistics?(cpu: number | undefined, call: Call): Promise<ReadonlyMap<string, bigint>>;
  /** KiB by name; `cell` undefined: all cells. */
  memoryStatistics?(cell: number | undefined, call: Call): Promise<ReadonlyMap<string, bigint>>;
  /** Bytes. @libvirt virNodeGetFreeMemory */
  freeMemory?(call: Call): Promise<bigint>;
  /** Bytes per cell, from `first` on, at most `max`. */
  cellsFreeMemory?(first: number, max: number, call: Call): Promise<readonly bigint[]>;
  freePages?(sizesKiB: readonly number[], firstCell: number, cells: number, call: Call): Promise<readonly bigint[]>;
  cpuMap?(call: Call): Promise<CpuMap>;
  sevInfo?(call: Call): Promise<ReadonlyMap<string, string | number>>;
  /** Whether the driver has one of libvirt's internal features (`migration v3`, …); the kernel knows its own. */
  supportsFeature?(feature: number): boolean;
}

/** What changes the host itself. */
export interface HostTuningFacet {
  suspend?(target: 'mem' | 'disk' | 'hybrid', durationSeconds: bigint, call: Call): Promise<void>;
  memoryParameters?(call: Call): Promise<ReadonlyMap<string, number | bigint>>;
  setMemoryParameters?(values: ReadonlyMap<string, number | bigint>, call: Call): Promise<void>;
  allocatePages?(
    pages: readonly { readonly sizeKiB: number; readonly count: bigint }[],
    firstCell: number,
    cells: number,
    options: { readonly set?: boolean },
    call: Call,
  ): Promise<number>;
}

/** CPU comparison. Documents are host or guest CPU elements. */
export interface CpuModelsFacet {
  compare?(
    cpu: string,
    options: { readonly failIncompatible?: boolean; readonly validate?: boolean },
    call: Call,
  ): Promise<CpuComparison>;
  baseline?(cpus: readonly string[], options: BaselineOptions, call: Call): Promise<string>;
  modelNames?(arch: string, call: Call): Promise<readonly string[]>;
  compareHypervisor?(
    query: CapabilityQuery,
    cpu: string,
    options: { readonly failIncompatible?: boolean; readonly validate?: boolean },
    call: Call,
  ): Promise<CpuComparison>;
  baselineHypervisor?(
    query: CapabilityQuery,
    cpus: readonly string[],
    options: BaselineOptions,
    call: Call,
  ): Promise<string>;
}
export type CpuComparison = 'incompatible' | 'identical' | 'superset';
export interface BaselineOptions {
  readonly expandFeatures?: boolean;
  readonly migratable?: boolean;
  readonly ignoreDisabled?: boolean;
}
