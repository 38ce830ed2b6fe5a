import { expect, test } from 'vitest';
import type { CpuFeature, CpuMap } from './cpu-map.js';
import { CpuidData } from './cpuid-data.js';
import { type AskCpuid, readHostCpuid } from './host-cpuid.js';

const feature = (name: string, register: string): CpuFeature => ({
  name,
  data: new CpuidData([[register, 1]]),
  migratable: true,
});
const map = {
  features: [feature('basic', '7.1.eax'), feature('absent', '20.0.ebx'), feature('model specific', 'msr.266.eax')],
} as unknown as CpuMap; // only its features are read

test('only leaves the processor has are asked for', () => {
  const asked: string[] = [];
  const ask: AskCpuid = (leaf, subleaf) => {
    asked.push(`${leaf}.${subleaf}`);
    if (leaf === 0) return [13, 1, 2, 3];
    return leaf === 7 ? [1, 0, 0, 0] : [0, 0, 0, 0];
  };
  const data = readHostCpuid(map, ask);
  expect(data.get('7.1.eax')).toBe(1);
  expect(data.get('0.0.ebx')).toBe(1);
  expect(asked).not.toContain('20.0');
});
