/** Values of the `name : value` lines of /proc/cpuinfo, of the first processor that has them. */
export function cpuInfoField(cpuinfo: string, name: string): string | undefined {
  for (const line of cpuinfo.split('\n')) {
    const colon = line.indexOf(':');
    if (colon > 0 && line.slice(0, colon).trim() === name) return line.slice(colon + 1).trim();
  }
  return undefined;
}

const isX86 = (arch: string): boolean => arch === 'x86_64' || arch === 'i686';

/** Whole MHz of the processors as the kernel has it; 0 where it does not say (ARM). */
export function cpuFrequency(cpuinfo: string, arch: string): number {
  const name = isX86(arch)
    ? 'cpu MHz'
    : arch.startsWith('ppc')
      ? 'clock'
      : arch.startsWith('s390')
        ? 'cpu MHz dynamic'
        : undefined;
  const value = name === undefined ? undefined : cpuInfoField(cpuinfo, name);
  return value === undefined ? 0 : Math.trunc(Number.parseFloat(value));
}

/** One line that changes when the processor does: a cache of probed capabilities depends on it. */
export function cpuSignature(cpuinfo: string, arch: string): string | undefined {
  const field = (name: string) => cpuInfoField(cpuinfo, name) ?? '';
  if (isX86(arch))
    return `${field('vendor_id')}, ${field('model name')}, family: ${field('cpu family')}, model: ${field('model')}, stepping: ${field('stepping')}`;
  if (arch.startsWith('ppc')) return `${field('cpu')}, rev ${field('revision')}`;
  if (arch.startsWith('s390'))
    return `${field('vendor_id')}, ${field('processor 0')}, facilities: ${field('facilities')}`;
  return undefined;
}
