import { UsageError } from './usage-error.js';

const POWERS: Readonly<Record<string, number>> = { k: 1, m: 2, g: 3, t: 4, p: 5, e: 6 };

/** Bytes of `10G`, `512MiB`, `1000KB`, `4096`. A bare number counts `unit` bytes. @throws UsageError in virsh's words */
export function bytesOf(option: string, words: string, unit = 1n): bigint {
  const match = /^(\d+)\s*(?:([kmgtpe])(i?b)?|(b|bytes?))?$/i.exec(words.trim());
  const [, digits = '0', letter, suffix, plain] = match ?? [];
  if (match === null)
    throw new UsageError(
      `Scaled numeric value '${words}' for <--${option}> option is malformed or out of range`,
      'a number, and maybe a unit: KiB, MiB, GiB, TiB count in 1024s (k, M, G, T for short), kB, MB, GB, TB in 1000s',
    );
  if (plain !== undefined) return BigInt(digits);
  if (letter === undefined) return BigInt(digits) * unit;
  const base = suffix?.toLowerCase() === 'b' ? 1000n : 1024n;
  return BigInt(digits) * base ** BigInt(POWERS[letter.toLowerCase()] ?? 0);
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'] as const;

/** `100.00 GiB`, as virsh prints sizes for people. */
export function readable(bytes: bigint, digits = 2): string {
  let value = Number(bytes);
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value.toFixed(digits)} ${UNITS[unit]}`;
}
