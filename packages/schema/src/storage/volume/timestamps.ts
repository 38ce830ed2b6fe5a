import { type Row, special } from '@virtkit/xml';

/** Nanoseconds since the epoch. */
export interface VolumeTimestamps {
  atime: bigint;
  mtime: bigint;
  ctime: bigint;
  /** Absent: unknown. */
  btime?: bigint;
}

const second = 1_000_000_000n;
const seconds = (time: bigint): string =>
  time % second === 0n ? String(time / second) : `${time / second}.${String(time % second).padStart(9, '0')}`;

/** `<timestamps>`: written for what was measured, never read. */
export const timestamps: Row<VolumeTimestamps, true> = special<VolumeTimestamps>((key) => ({
  body(source, indent) {
    const times = source[key] as VolumeTimestamps | undefined;
    if (times === undefined) return '';
    const line = (name: string, time: bigint): string => `${indent}  <${name}>${seconds(time)}</${name}>\n`;
    const lines = [
      line('atime', times.atime),
      line('mtime', times.mtime),
      line('ctime', times.ctime),
      line('btime', times.btime ?? 0n),
    ];
    return `${indent}<${key}>\n${lines.join('')}${indent}</${key}>\n`;
  },
  known: () => ({ children: [[key, undefined]] }),
}));
