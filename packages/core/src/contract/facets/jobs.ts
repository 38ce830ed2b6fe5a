import type { Call, JobProgress } from '../call.js';
import type { DomainRef, Target } from '../references.js';

/** @libvirt virDomainJobType */
export type JobType = 'none' | 'bounded' | 'unbounded' | 'completed' | 'failed' | 'cancelled';

/** Only for jobs the hypervisor owns (tasks); for a driver without this facet the kernel answers of its own jobs. */
export interface JobsFacet {
  current(domain: DomainRef, call: Call): Promise<JobProgress | undefined>;
  abort?(domain: DomainRef, options: { readonly postcopy?: boolean }, call: Call): Promise<void>;
  statistics?(
    domain: DomainRef,
    options: { readonly completed?: boolean; readonly keepCompleted?: boolean },
    call: Call,
  ): Promise<JobStatistics>;
}

/** How a job stands, in libvirt's words (`data_total`, …). */
export interface JobStatistics {
  readonly type: JobType;
  readonly values: Parameters;
}

export interface BlockJobInfo {
  readonly type: 'unknown' | 'pull' | 'copy' | 'commit' | 'active-commit' | 'backup';
  /** Bytes a second, 0: unlimited. */
  readonly bandwidth: bigint;
  readonly current: bigint;
  readonly end: bigint;
}
export interface BlockJobFacet {
  pull(
    domain: DomainRef,
    disk: string,
    base: string | undefined,
    bandwidth: bigint,
    options: { readonly relative?: boolean; readonly bytes?: boolean },
    call: Call,
  ): Promise<void>;
  copy?(
    domain: DomainRef,
    disk: string,
    destinationXml: string,
    parameters: ReadonlyMap<string, bigint | number>,
    options: {
      readonly shallow?: boolean;
      readonly reuseExternal?: boolean;
      readonly transient?: boolean;
      readonly synchronousWrites?: boolean;
    },
    call: Call,
  ): Promise<void>;
  commit?(
    domain: DomainRef,
    disk: string,
    base: string | undefined,
    top: string | undefined,
    bandwidth: bigint,
    options: {
      readonly shallow?: boolean;
      readonly delete?: boolean;
      readonly active?: boolean;
      readonly relative?: boolean;
      readonly bytes?: boolean;
    },
    call: Call,
  ): Promise<void>;
  rebase?(
    domain: DomainRef,
    disk: string,
    base: string | undefined,
    bandwidth: bigint,
    options: {
      readonly shallow?: boolean;
      readonly reuseExternal?: boolean;
      readonly copyRaw?: boolean;
      readonly copy?: boolean;
      readonly relative?: boolean;
      readonly copyDevice?: boolean;
      readonly bytes?: boolean;
    },
    call: Call,
  ): Promise<void>;
  info?(domain: DomainRef, disk: string, call: Call): Promise<BlockJobInfo | undefined>;
  setSpeed?(
    domain: DomainRef,
    disk: string,
    bandwidth: bigint,
    options: { readonly bytes?: boolean },
    call: Call,
  ): Promise<void>;
  abort?(
    domain: DomainRef,
    disk: string,
    options: { readonly async?: boolean; readonly pivot?: boolean },
    call: Call,
  ): Promise<void>;
}

/** Rows of one kernel table give wire names, types and order; drivers deal in plain maps by libvirt's names. */
export type Parameters = ReadonlyMap<string, number | bigint | string | boolean>;
export type TuningGroup = 'scheduler' | 'memory' | 'numa' | 'blkio' | 'perf';

export interface TuningFacet {
  read(domain: DomainRef, group: TuningGroup, target: Target, call: Call): Promise<Parameters>;
  write?(domain: DomainRef, group: TuningGroup, values: Parameters, target: Target, call: Call): Promise<void>;
  /** `posix`, `credit`, … @libvirt virDomainGetSchedulerType */
  schedulerType?(domain: DomainRef, call: Call): Promise<{ readonly type: string; readonly parameters: number }>;
  readBlockIo?(domain: DomainRef, disk: string, target: Target, call: Call): Promise<Parameters>;
  writeBlockIo?(domain: DomainRef, disk: string, values: Parameters, target: Target, call: Call): Promise<void>;
  readInterface?(domain: DomainRef, device: string, target: Target, call: Call): Promise<Parameters>;
  writeInterface?(domain: DomainRef, device: string, values: Parameters, target: Target, call: Call): Promise<void>;
  writeIoThread?(domain: DomainRef, id: number, values: Parameters, target: Target, call: Call): Promise<void>;
  pinVcpu?(domain: DomainRef, vcpu: number, cpus: readonly boolean[], target: Target, call: Call): Promise<void>;
  vcpuPins?(domain: DomainRef, target: Target, call: Call): Promise<readonly (readonly boolean[])[]>;
  pinEmulator?(domain: DomainRef, cpus: readonly boolean[], target: Target, call: Call): Promise<void>;
  emulatorPin?(domain: DomainRef, target: Target, call: Call): Promise<readonly boolean[]>;
  pinIoThread?(domain: DomainRef, id: number, cpus: readonly boolean[], target: Target, call: Call): Promise<void>;
  setBlockThreshold?(domain: DomainRef, device: string, threshold: bigint, call: Call): Promise<void>;
  setThrottleGroup?(domain: DomainRef, group: string, values: Parameters, target: Target, call: Call): Promise<void>;
  removeThrottleGroup?(domain: DomainRef, group: string, target: Target, call: Call): Promise<void>;
}

export interface SecurityFacet {
  label(domain: DomainRef, call: Call): Promise<{ readonly label: string; readonly enforcing: boolean }>;
  labels?(domain: DomainRef, call: Call): Promise<readonly { readonly label: string; readonly enforcing: boolean }[]>;
  launchInfo?(domain: DomainRef, call: Call): Promise<Parameters>;
  setLaunchState?(domain: DomainRef, values: Parameters, call: Call): Promise<void>;
}
