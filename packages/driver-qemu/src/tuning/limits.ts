import type { TuningGroup } from '@virtkit/core';
import type { Controller } from '@virtkit/host';
import { type Domain, UNLIMITED_MEMORY } from '@virtkit/schema';

/** A field of a file of the guest's control group, by version of control groups. Without one the kernel has no such thing. */
export interface GroupField {
  readonly controller: Controller;
  /** The first that is there counts. */
  readonly files: readonly string[];
  /** Which of its words. */
  readonly word?: number;
}

/** One number that bounds or weighs a guest. */
export interface Limit {
  readonly group: TuningGroup;
  /** On the wire. */
  readonly name: string;
  /** In a definition; undefined where it says nothing. */
  of(definition: Domain): number | bigint | undefined;
  /** What a definition without it answers. */
  readonly unset: bigint;
  /** What holds where the kernel says nothing else. */
  readonly usual: bigint;
  /** How many of the kernel's units are one of libvirt's. */
  readonly scale?: bigint;
  readonly fields?: { readonly v1: GroupField; readonly v2?: GroupField };
}

/** KiB from which on memory is not limited. */
export const UNLIMITED = BigInt(UNLIMITED_MEMORY);

const cpu = (v1: string, v2: string, word = 0): NonNullable<Limit['fields']> => ({
  v1: { controller: 'cpu', files: [v1] },
  v2: { controller: 'cpu', files: [v2], word },
});
const period = { group: 'scheduler', unset: 0n, usual: 100_000n } as const;
const quota = { group: 'scheduler', unset: 0n, usual: -1n } as const;
const memory = { group: 'memory', unset: UNLIMITED, usual: UNLIMITED, scale: 1024n } as const;
const memoryFile = (...files: readonly string[]): GroupField => ({ controller: 'memory', files });

/**
 * Every one, in libvirt's order. Periods and quotas are microseconds, amounts of memory KiB. What bounds single threads
 * has no field: they have no group of their own.
 */
export const limits: readonly Limit[] = [
  {
    group: 'scheduler',
    name: 'cpu_shares',
    of: ({ cputune }) => cputune?.shares,
    unset: 0n,
    usual: 1024n,
    fields: cpu('cpu.shares', 'cpu.weight'),
  },
  { ...period, name: 'vcpu_period', of: ({ cputune }) => cputune?.period },
  { ...quota, name: 'vcpu_quota', of: ({ cputune }) => cputune?.quota },
  { ...period, name: 'emulator_period', of: ({ cputune }) => cputune?.emulatorPeriod },
  { ...quota, name: 'emulator_quota', of: ({ cputune }) => cputune?.emulatorQuota },
  {
    ...period,
    name: 'global_period',
    of: ({ cputune }) => cputune?.globalPeriod,
    fields: cpu('cpu.cfs_period_us', 'cpu.max', 1),
  },
  {
    ...quota,
    name: 'global_quota',
    of: ({ cputune }) => cputune?.globalQuota,
    fields: cpu('cpu.cfs_quota_us', 'cpu.max'),
  },
  { ...period, name: 'iothread_period', of: ({ cputune }) => cputune?.iothreadPeriod },
  { ...quota, name: 'iothread_quota', of: ({ cputune }) => cputune?.iothreadQuota },
  {
    ...memory,
    name: 'hard_limit',
    of: ({ memtune }) => memtune?.hardLimit,
    fields: { v1: memoryFile('memory.limit_in_bytes'), v2: memoryFile('memory.max') },
  },
  {
    ...memory,
    name: 'soft_limit',
    of: ({ memtune }) => memtune?.softLimit,
    fields: { v1: memoryFile('memory.soft_limit_in_bytes'), v2: memoryFile('memory.high') },
  },
  {
    ...memory,
    name: 'swap_hard_limit',
    of: ({ memtune }) => memtune?.swapHardLimit,
    fields: { v1: memoryFile('memory.memsw.limit_in_bytes') },
  },
  {
    group: 'blkio',
    name: 'weight',
    of: ({ blkiotune }) => blkiotune?.weight,
    unset: 0n,
    usual: 0n,
    fields: {
      v1: { controller: 'blkio', files: ['blkio.bfq.weight', 'blkio.weight'] },
      v2: { controller: 'blkio', files: ['io.bfq.weight', 'io.weight'], word: 1 },
    },
  },
];
