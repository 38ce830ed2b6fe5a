import type { Cgroups } from '@virtkit/host';
import type { Domain } from '@virtkit/schema';
import { type GroupField, type Limit, limits, UNLIMITED } from './limits.js';

/** What holds for a running guest: the kernel's number, or the usual one where the kernel has none. */
export async function inEffect(groups: Cgroups, path: string, limit: Limit): Promise<bigint> {
  const field = fieldOf(groups, limit);
  const word = (await lookUp(groups, path, field))?.words[field?.word ?? 0];
  if (word === undefined || word === 'max') return limit.usual;
  const value = BigInt(word) / (limit.scale ?? 1n);
  return value > UNLIMITED - largestPage ? UNLIMITED : value;
}

/**
 * Writes what a definition bounds into the guest's group.
 * @throws `SYSTEM_ERROR` with the kernel's reason
 */
export async function bound(groups: Cgroups, path: string, definition: Domain): Promise<void> {
  for (const limit of limits) {
    const value = limit.of(definition);
    const field = fieldOf(groups, limit);
    if (value === undefined || field === undefined) continue;
    const found = await lookUp(groups, path, field);
    const file = found?.file ?? field.files[0] ?? '';
    const words = found === undefined ? [] : [...found.words];
    words[field.word ?? 0] = `${BigInt(value) * (limit.scale ?? 1n)}`;
    await groups.write(path, field.controller, file, words.join(' '));
  }
}

/** KiB. Version 1 rounds "unlimited" down to whole pages. */
const largestPage = 64n;

const fieldOf = ({ mounts }: Cgroups, { fields }: Limit): GroupField | undefined =>
  mounts.version === 1 ? fields?.v1 : fields?.v2;

interface Found {
  readonly file: string;
  readonly words: readonly string[];
}

async function lookUp(groups: Cgroups, path: string, field: GroupField | undefined): Promise<Found | undefined> {
  if (field === undefined) return undefined;
  for (const file of field.files) {
    const text = await groups.read(path, field.controller, file);
    if (text !== undefined) return { file, words: text.split(/\s+/) };
  }
  return undefined;
}
