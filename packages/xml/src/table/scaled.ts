/** Bytes of a unit as libvirt reads it: `k`, `KiB`, `kB`, `M`, …, `b`, `bytes`; undefined for an unknown one. */
export function unitBytes(unit: string): number | undefined {
  const name = unit.toLowerCase();
  if (name === 'b' || name === 'byte' || name === 'bytes') return 1;
  const match = /^([kmgtpe])(b|ib)?$/.exec(name);
  if (match === null) return undefined;
  return (match[2] === 'b' ? 1000 : 1024) ** (1 + 'kmgtpe'.indexOf(match[1] as string));
}

/** How a size can be wrong. */
export type SizeProblem = 'number' | 'unit' | 'overflow';

const LARGEST = 2n ** 63n - 1n;

/** `value` in `unit` (KiB where the text has none), as bytes; beyond 2^63 - 1 it is an overflow. */
export function sizeInBytes(value: string, unit: string | undefined, defaultUnit = 'KiB'): bigint | SizeProblem {
  const digits = /^[ \t\n]*\+?([0-9]{1,20})[ \t\n]*$/.exec(value)?.[1];
  if (digits === undefined) return 'number';
  const factor = unitBytes(unit ?? defaultUnit);
  if (factor === undefined) return 'unit';
  const bytes = BigInt(digits) * BigInt(factor);
  return bytes > LARGEST ? 'overflow' : bytes;
}
