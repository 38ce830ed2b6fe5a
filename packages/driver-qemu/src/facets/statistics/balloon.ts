import type { MemoryStatistic } from '@virtkit/core';
import type { JsonValue } from '../../command/json.js';
import { bigintAt, objectAt, numberAt } from '../../monitor/json-reading.js';

/** What the guest's balloon driver reports. KiB, but for counters and the time of the last report. */
export interface BalloonStatistics {
  readonly lastUpdate: bigint;
  readonly values: ReadonlyMap<BalloonName, bigint>;
}
export type BalloonName = (typeof rows)[number]['name'];

/** QEMU's words, ours, libvirt's number and name in bulk statistics, in libvirt's order of both. */
const rows = [
  { qemu: 'stat-swap-in', name: 'swapIn', tag: 0, bulk: 'swap_in', bytes: true },
  { qemu: 'stat-swap-out', name: 'swapOut', tag: 1, bulk: 'swap_out', bytes: true },
  { qemu: 'stat-major-faults', name: 'majorFault', tag: 2, bulk: 'major_fault', bytes: false },
  { qemu: 'stat-minor-faults', name: 'minorFault', tag: 3, bulk: 'minor_fault', bytes: false },
  { qemu: 'stat-free-memory', name: 'unused', tag: 4, bulk: 'unused', bytes: true },
  { qemu: 'stat-total-memory', name: 'available', tag: 5, bulk: 'available', bytes: true },
  { qemu: 'stat-available-memory', name: 'usable', tag: 8, bulk: 'usable', bytes: true },
  { qemu: 'stat-disk-caches', name: 'diskCaches', tag: 10, bulk: 'disk_caches', bytes: true },
  { qemu: 'stat-htlb-pgalloc', name: 'hugetlbPgalloc', tag: 11, bulk: 'hugetlb_pgalloc', bytes: false },
  { qemu: 'stat-htlb-pgfail', name: 'hugetlbPgfail', tag: 12, bulk: 'hugetlb_pgfail', bytes: false },
] as const;
const actualTag = 6;
const rssTag = 7;
const lastUpdateTag = 9;
/** QEMU writes −1 for what the guest does not report. */
const unknownFrom = 2n ** 63n;

export function readBalloonStatistics(answer: JsonValue): BalloonStatistics {
  const stats = objectAt(answer, 'stats');
  const values = new Map<BalloonName, bigint>();
  for (const { qemu, name, bytes } of rows) {
    const value = bigintAt(stats, qemu);
    if (value !== undefined && value >= 0n && value < unknownFrom) values.set(name, bytes ? value / 1024n : value);
  }
  return { lastUpdate: BigInt(numberAt(answer, 'last-update') ?? 0), values };
}

/** @libvirt virDomainMemoryStats */
export function memoryStatistics(
  actualKiB: number,
  balloon: BalloonStatistics | undefined,
  rssKiB: bigint | undefined,
): readonly MemoryStatistic[] {
  const reported = rows.flatMap(({ name, tag }) => {
    const value = balloon?.values.get(name);
    return value === undefined ? [] : [{ tag, value }];
  });
  return [
    { tag: actualTag, value: BigInt(actualKiB) },
    ...reported.filter(({ tag }) => tag <= 8),
    ...(balloon === undefined ? [] : [{ tag: lastUpdateTag, value: balloon.lastUpdate }]),
    ...reported.filter(({ tag }) => tag > 8),
    ...(rssKiB === undefined ? [] : [{ tag: rssTag, value: rssKiB }]),
  ];
}

/** The balloon's part of bulk statistics, names without their group. */
export function* bulkBalloon(balloon: BalloonStatistics): Iterable<readonly [string, bigint]> {
  const late = new Set<BalloonName>(['diskCaches', 'hugetlbPgalloc', 'hugetlbPgfail']);
  for (const { name, bulk } of rows) {
    const value = balloon.values.get(name);
    if (value !== undefined && !late.has(name)) yield [bulk, value];
  }
  yield ['last-update', balloon.lastUpdate];
  for (const { name, bulk } of rows) {
    const value = balloon.values.get(name);
    if (value !== undefined && late.has(name)) yield [bulk, value];
  }
}
