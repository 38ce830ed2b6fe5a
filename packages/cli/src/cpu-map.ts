const has = (map: Uint8Array, cpu: number): boolean => ((map[cpu >> 3] ?? 0) & (1 << (cpu & 7))) !== 0;

/** Processors of a bitmap, as ranges: `0-1,4`. */
export function cpuList(map: Uint8Array, count: number): string {
  const ranges: string[] = [];
  for (let cpu = 0; cpu < count; cpu += 1) {
    if (!has(map, cpu)) continue;
    const first = cpu;
    while (cpu + 1 < count && has(map, cpu + 1)) cpu += 1;
    ranges.push(first === cpu ? String(first) : `${first}-${cpu}`);
  }
  return ranges.join(',');
}

/** A letter for each processor: `yy-y`. */
export const cpuMarks = (map: Uint8Array, count: number): string =>
  Array.from({ length: count }, (_, cpu) => (has(map, cpu) ? 'y' : '-')).join('');
