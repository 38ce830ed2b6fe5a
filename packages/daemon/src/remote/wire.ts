import type { DomainRef, DomainState, InterfaceRef, ObjectRef, SecretRef, VolumeRef } from '@virtkit/core';
import { domainStateReasons, domainStates, secretUsageTypes, type WordTable } from '@virtkit/protocol';
import { errorsFrom } from '@virtkit/schema';

/** Objects and values of the kernel in the form the wire has them, and back. */

const rpcError = errorsFrom('RPC');

export const wireDomain = ({ name, uuid, id }: DomainRef): { name: string; uuid: string; id: number } => ({
  name,
  uuid,
  id: id ?? -1,
});
export const wireObject = ({ name, uuid }: ObjectRef): { name: string; uuid: string } => ({ name, uuid });
export const wireVolume = ({ pool, name, key }: VolumeRef): VolumeRef => ({ pool, name, key });
export const wireInterface = ({ name, mac }: InterfaceRef): InterfaceRef => ({ name, mac });
export const wireSecret = ({
  uuid,
  usageType,
  usageId,
}: SecretRef): { uuid: string; usageType: number; usageID: string } => ({
  uuid,
  usageType: secretUsageTypes.number(usageType) ?? 0,
  usageID: usageId,
});

export const wireState = ({ state }: DomainState): number => domainStates.number(state) ?? 0;
export const wireReason = ({ state, reason }: DomainState): number => domainStateReasons[state]?.number(reason) ?? 0;
export const bit = (value: boolean): number => (value ? 1 : 0);

/** What a "list all" call answers: everything, or its number alone. */
export function listed<T, W>(
  items: readonly T[],
  needResults: number,
  wire: (item: T) => W,
): { items: W[]; ret: number } {
  return { items: needResults ? items.map(wire) : [], ret: items.length };
}

/** Checks how many names an old-style listing asks for. @throws VirtError as libvirtd answers */
export function checkedMax(max: number, limit: number, name: string, limitName: string, api: string): number {
  if (max < 0) throw rpcError('INVALID_ARG', `${name} in ${api} must be zero or greater`);
  if (max > limit) throw rpcError('INTERNAL_ERROR', `${name} > ${limitName}`);
  return max;
}

/** For procedures that answer nothing. */
export async function nothing(done: Promise<unknown>): Promise<Record<never, never>> {
  await done;
  return {};
}

/** The word for a number of the wire. @throws VirtError for a number without one */
export function chosen<W extends string>(table: WordTable<W>, number: number, name: string, api: string): W {
  const word = table.word(number);
  if (word !== undefined) return word;
  throw rpcError('INVALID_ARG', `${name} in ${api} must be less than ${table.words.length}`);
}

const LARGEST_VCPU = 16_384;

/** Numbers of a list such as `0-3,8`. @throws VirtError when it is none */
export function parseCpuList(text: string, api: string): readonly number[] {
  const numbers: number[] = [];
  for (const part of text.split(',')) {
    const match = /^(\d+)(?:-(\d+))?$/.exec(part.trim());
    const first = Number(match?.[1]);
    const last = Number(match?.[2] ?? first);
    if (match === null || last < first || last >= LARGEST_VCPU) {
      throw rpcError('INVALID_ARG', `failed to parse bitmap '${text}' in ${api}`);
    }
    for (let number = first; number <= last; number++) numbers.push(number);
  }
  return numbers;
}

/** A processor map as bytes, processor 0 in the lowest bit; `length` bytes, or as many as the map needs. */
export function cpuBytes(map: readonly boolean[], length = Math.ceil(map.length / 8)): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let cpu = 0; cpu < Math.min(map.length, length * 8); cpu++) {
    if (map[cpu]) bytes[cpu >> 3] = (bytes[cpu >> 3] ?? 0) | (1 << (cpu & 7));
  }
  return bytes;
}

/** The processor map a client sent. */
export function cpusFrom(bytes: Uint8Array): readonly boolean[] {
  return Array.from({ length: bytes.length * 8 }, (_, cpu) => ((bytes[cpu >> 3] ?? 0) & (1 << (cpu & 7))) !== 0);
}
