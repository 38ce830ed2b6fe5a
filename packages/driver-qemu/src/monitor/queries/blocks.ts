import type { JsonObject, JsonValue } from '../../command/json.js';
import { bigintAt, flagAt, numberAt, objectAt, objectsOf, textAt } from '../json-reading.js';

/** Counters of one disk or block node. */
export interface BlockCounters {
  readonly readRequests: bigint;
  readonly readBytes: bigint;
  readonly readTimeNs: bigint;
  readonly writeRequests: bigint;
  readonly writeBytes: bigint;
  readonly writeTimeNs: bigint;
  readonly flushRequests: bigint;
  readonly flushTimeNs: bigint;
  /** Highest byte written to, of the file below. */
  readonly highestOffset: bigint;
}

/** `query-blockstats`: counters by alias of the guest's device, and by node name. */
export interface BlockStatistics {
  readonly devices: ReadonlyMap<string, BlockCounters>;
  readonly nodes: ReadonlyMap<string, BlockCounters>;
}

export function readBlockStatistics(answer: JsonValue): BlockStatistics {
  const devices = new Map<string, BlockCounters>();
  const nodes = new Map<string, BlockCounters>();
  for (const entry of objectsOf(answer)) {
    const [alias, node] = [aliasOfPath(textAt(entry, 'qdev') ?? ''), textAt(entry, 'node-name')];
    const counters = readCounters(entry);
    if (alias !== undefined) devices.set(alias, counters);
    if (node !== undefined) nodes.set(node, counters);
  }
  return { devices, nodes };
}

function readCounters(entry: JsonObject): BlockCounters {
  const stats = objectAt(entry, 'stats');
  const count = (key: string): bigint => bigintAt(stats, key) ?? 0n;
  return {
    readRequests: count('rd_operations'),
    readBytes: count('rd_bytes'),
    readTimeNs: count('rd_total_time_ns'),
    writeRequests: count('wr_operations'),
    writeBytes: count('wr_bytes'),
    writeTimeNs: count('wr_total_time_ns'),
    flushRequests: count('flush_operations'),
    flushTimeNs: count('flush_total_time_ns'),
    highestOffset:
      bigintAt(objectAt(objectAt(entry, 'parent'), 'stats'), 'wr_highest_offset') ?? count('wr_highest_offset'),
  };
}

/** The alias in `/machine/peripheral/virtio-disk0/virtio-backend` or a plain device id. */
export const aliasOfPath = (path: string): string | undefined =>
  /^\/machine\/peripheral\/([^/]+)/.exec(path)?.[1] ?? (path !== '' && !path.startsWith('/') ? path : undefined);

export interface BlockSizes {
  /** Bytes the guest sees. */
  readonly capacity: bigint;
  /** Bytes the file takes. */
  readonly physical: bigint | undefined;
}

/** `query-named-block-nodes`: sizes by node name. */
export function readNodeSizes(answer: JsonValue): ReadonlyMap<string, BlockSizes> {
  const sizes = new Map<string, BlockSizes>();
  for (const entry of objectsOf(answer)) {
    const image = objectAt(entry, 'image');
    const capacity = bigintAt(image, 'virtual-size');
    const node = textAt(entry, 'node-name');
    if (node !== undefined && capacity !== undefined)
      sizes.set(node, { capacity, physical: bigintAt(image, 'actual-size') });
  }
  return sizes;
}

/** What `query-block` says of a guest's drive. */
export interface DriveState {
  readonly removable: boolean;
  readonly trayOpen: boolean;
  readonly locked: boolean;
  readonly empty: boolean;
  /** `ok`, `failed`, `nospace`. */
  readonly ioStatus: string | undefined;
  /** Node at the top, absent when there is no medium. */
  readonly node?: string;
}

/** `query-block`, by alias. */
export function readDrives(answer: JsonValue): ReadonlyMap<string, DriveState> {
  const drives = new Map<string, DriveState>();
  for (const entry of objectsOf(answer)) {
    const alias = aliasOfPath(textAt(entry, 'qdev') ?? '');
    if (alias !== undefined) drives.set(alias, readDrive(entry));
  }
  return drives;
}

function readDrive(entry: JsonObject): DriveState {
  const inserted = objectAt(entry, 'inserted');
  const node = textAt(inserted, 'node-name');
  return {
    removable: flagAt(entry, 'removable'),
    trayOpen: flagAt(entry, 'tray_open'),
    locked: flagAt(entry, 'locked'),
    empty: Object.keys(inserted).length === 0,
    ioStatus: textAt(entry, 'io-status'),
    ...(node === undefined ? {} : { node }),
  };
}

/** `query-balloon`: KiB the guest has now. */
export const readBalloonKiB = (answer: JsonValue): number | undefined => {
  const bytes = numberAt(answer, 'actual');
  return bytes === undefined ? undefined : Math.floor(bytes / 1024);
};
