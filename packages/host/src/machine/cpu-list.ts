/** Processor numbers in the kernel's list form: `0-3,8`. Empty text is the empty list. */
export function parseCpuList(text: string): readonly number[] {
  const numbers: number[] = [];
  for (const part of text.trim().split(',')) {
    if (part === '') continue;
    const [first = 0, last = first] = part.split('-').map(Number);
    for (let number = first; number <= last; number += 1) numbers.push(number);
  }
  return numbers;
}

/** Which processors are in a list, by number; as long as its highest number asks for, or as told. */
export function cpuFlags(cpus: Iterable<number>, length?: number): readonly boolean[] {
  const set = new Set(cpus);
  return Array.from({ length: length ?? Math.max(-1, ...set) + 1 }, (_value, cpu) => set.has(cpu));
}

/** The list form, numbers in ascending order. @libvirt virBitmapFormat */
export function formatCpuList(cpus: Iterable<number>): string {
  const sorted = [...new Set(cpus)].sort((a, b) => a - b);
  const ranges: string[] = [];
  for (let start = 0; start < sorted.length; ) {
    let end = start;
    while (end + 1 < sorted.length && sorted[end + 1] === (sorted[end] ?? 0) + 1) end += 1;
    ranges.push(end === start ? `${sorted[start]}` : `${sorted[start]}-${sorted[end]}`);
    start = end + 1;
  }
  return ranges.join(',');
}
