import type { Cpu, Domain } from '@virtkit/schema';
import type { CommandContext } from './context.js';
import type { PairInput } from './option.js';
import { hypervFlags } from './cpu-hyperv.js';
import { switchPair } from './switch-text.js';

/** Properties of the CPU that stand elsewhere in the document. */
export const cpuFlags = ({ domain }: CommandContext): readonly PairInput[] =>
  [
    ...timerFlags(domain),
    switchPair('kvm-pv-eoi', domain.features?.apic?.eoi),
    switchPair('kvm-pv-unhalt', domain.features?.pvspinlock?.state),
    ...hypervFlags(domain),
    domain.devices.panics.some(({ model }) => model === 'hyperv') && 'hv-crash',
    ...kvmFlags(domain),
    switchPair('pmu', domain.features?.pmu?.state),
    ...cacheFlags(domain.cpu),
    ...addressFlags(domain.cpu),
  ].filter(Boolean);

function timerFlags({ clock }: Domain): readonly PairInput[] {
  return clock.timers.map((timer): PairInput => {
    switch (timer.name) {
      case 'kvmclock':
        return switchPair('kvmclock', timer.present);
      case 'hypervclock':
        return timer.present && ['hv-time', 'on'];
      case 'tsc':
        return timer.frequency !== undefined && ['tsc-frequency', String(timer.frequency)];
      case 'armvtimer':
        return timer.tickpolicy && ['kvm-no-adjvtime', timer.tickpolicy === 'discard' ? 'on' : 'off'];
      default:
        return undefined;
    }
  });
}

const kvmFlags = ({ features }: Domain): readonly PairInput[] => {
  const kvm = features?.kvm;
  return [
    kvm?.hidden?.state && ['kvm', 'off'],
    kvm?.hintDedicated?.state && ['kvm-hint-dedicated', 'on'],
    kvm?.pollControl?.state && ['kvm-poll-control', 'on'],
    kvm?.pvIpi?.state === false && ['kvm-pv-ipi', 'off'],
  ];
};

function cacheFlags(cpu: Cpu | undefined): readonly PairInput[] {
  const cache = cpu?.cache;
  if (!cpu || !cache) return [];
  const hasHostCache = cpu.mode === 'host-passthrough' || cpu.mode === 'maximum';
  return [
    cache.mode === 'emulate' && ['l3-cache', 'on'],
    cache.mode === 'passthrough' && ['host-cache-info', 'on'],
    cache.mode !== 'passthrough' && hasHostCache && ['host-cache-info', 'off'],
    cache.mode !== 'emulate' && ['l3-cache', 'off'],
  ];
}

function addressFlags(cpu: Cpu | undefined): readonly PairInput[] {
  const width = cpu?.maxphysaddr;
  if (!width) return [];
  if (width.mode === 'passthrough')
    return [['host-phys-bits', 'on'], width.limit !== undefined && ['host-phys-bits-limit', String(width.limit)]];
  return [width.bits === undefined ? ['host-phys-bits', 'off'] : ['phys-bits', String(width.bits)]];
}
