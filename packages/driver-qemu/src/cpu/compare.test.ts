import type { Cpu } from '@virtkit/schema';
import { expect, test } from 'vitest';
import { refuseForbidden, refuseIncompatible, refuseUnknown } from './compare.js';
import { CpuidData } from './cpuid-data.js';
import { readCpuMap } from './cpu-map.js';

const files: Readonly<Record<string, string>> = {
  'index.xml': "<cpus><arch name='x86'><include filename='all.xml'/></arch></cpus>",
  'all.xml': `<cpus>
    <vendor name='V' string='VVVVVVVVVVVV'/>
    <feature name='a'><cpuid eax_in='1' ecx='1'/></feature>
    <feature name='b'><cpuid eax_in='1' ecx='2'/></feature>
    <feature name='c'><cpuid eax_in='1' ecx='4'/></feature>
    <model name='M'><feature name='a'/><feature name='b'/></model>
  </cpus>`,
};
const map = readCpuMap((file) => files[file] ?? '');
const host = new CpuidData([['1.0.ecx', 1]]);
const cpu = (features: Cpu['features']): Cpu => ({ mode: 'custom', match: 'exact', model: { name: 'M' }, features });

test('features of the model and of the document must be there, unless they are switched off or forced', () => {
  const compare = (features: Cpu['features']) => () => refuseIncompatible(cpu(features), host, map);
  expect(compare([])).toThrow('the CPU is incompatible with host CPU: Host CPU does not provide required features: b');
  expect(compare([{ name: 'b', policy: 'disable' }])).not.toThrow();
  expect(compare([{ name: 'b', policy: 'force' }])).not.toThrow();
  expect(
    compare([
      { name: 'b', policy: 'disable' },
      { name: 'c', policy: 'require' },
    ]),
  ).toThrow('features: c');
});

test('a vendor that is asked for must be the one of the host', () => {
  const ofV = host.copy();
  ofV.add(map.vendors[0]?.data ?? new CpuidData());
  const wanted = (vendor: string): Cpu => ({ ...cpu([{ name: 'b', policy: 'disable' }]), vendor });
  expect(() => refuseIncompatible(wanted('V'), ofV, map)).not.toThrow();
  expect(() => refuseIncompatible(wanted('W'), ofV, map)).toThrow(
    'host CPU vendor does not match required CPU vendor W',
  );
});

test('what is forbidden must not be there', () => {
  expect(() => refuseIncompatible(cpu([{ name: 'a', policy: 'forbid' }]), host, map)).toThrow(
    'Host CPU provides forbidden features: a',
  );
});

test('what is forbidden must not be beyond the model of the host either', () => {
  const described = {
    features: [{ name: 'a', policy: 'require' } as const, { name: 'b', policy: 'disable' } as const],
  };
  const refuse = (name: string) => () => refuseForbidden(cpu([{ name, policy: 'forbid' }]), described);
  expect(refuse('a')).toThrow("the CPU is incompatible with host CPU: Host CPU provides forbidden feature 'a'");
  expect(refuse('b')).not.toThrow();
  expect(refuse('c')).not.toThrow();
});

test('features and models that no table knows are refused by name, features first', () => {
  const unknown = (model: string, name: string) => () =>
    refuseUnknown({ mode: 'custom', model: { name: model }, features: [{ name, policy: 'disable' }] }, map);
  expect(unknown('N', 'z')).toThrow('unknown CPU feature: z');
  expect(unknown('N', 'a')).toThrow('Unknown CPU model N');
  expect(unknown('M', 'a')).not.toThrow();
});
