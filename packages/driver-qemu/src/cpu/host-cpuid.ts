import type { CpuMap } from './cpu-map.js';
import { CpuidData, signatureRegister, vendorRegisters } from './cpuid-data.js';

/** Runs the processor's `cpuid`: `eax`, `ebx`, `ecx`, `edx`. */
export type AskCpuid = (leaf: number, subleaf: number) => readonly [number, number, number, number];

const order = ['eax', 'ebx', 'ecx', 'edx'];
const extended = 0x8000_0000;
const featureLeaf = 7;

/** The registers a table of CPUs speaks of, as the processor answers them. */
export function readHostCpuid(map: CpuMap, ask: AskCpuid): CpuidData {
  const named = new Set([...map.features.flatMap(({ data }) => data.registers), ...vendorRegisters, signatureRegister]);
  const last = { basic: ask(0, 0)[0], extended: ask(extended, 0)[0], features: ask(featureLeaf, 0)[0] };
  const data = new CpuidData();
  for (const register of named) {
    const place = /^(\d+)\.(\d+)\.(e[abcd]x)$/.exec(register);
    if (place === null) continue;
    const [leaf, subleaf] = [Number(place[1]), Number(place[2])];
    const isThere =
      leaf <= (leaf >= extended ? last.extended : last.basic) && (leaf !== featureLeaf || subleaf <= last.features);
    if (isThere) data.set(register, ask(leaf, subleaf)[order.indexOf(place[3] ?? '')] ?? 0);
  }
  return data;
}
