import type { Cpu, Domain } from '@virtkit/schema';
import { isX86 } from './architecture.js';
import { cpuFlags } from './cpu-flags.js';
import { cpuFeatureName, isRemovedFeature } from './cpu-features.js';
import { has, type CommandContext, type Section } from './context.js';
import { pairs, type PairInput } from './option.js';

/** `-cpu`: model, features, then what other parts of the document ask of the CPU. */
export const cpuSection: Section = (context) => {
  const { cpu } = context.domain;
  const model = cpu ? cpuModel(cpu, context) : [];
  const flags = cpuFlags(context);
  if (model.length === 0 && flags.length === 0) return [];
  return [pairs('cpu', ...(model.length > 0 ? model : [defaultModel(context.domain)]), ...flags)];
};

function cpuModel(cpu: Cpu, context: CommandContext): readonly PairInput[] {
  const base = baseModel(cpu, context);
  return base === undefined
    ? []
    : [...base, cpu.model?.vendorId && ['vendor', cpu.model.vendorId], ...featurePairs(cpu, context.domain)];
}

function baseModel(cpu: Cpu, context: CommandContext): readonly PairInput[] | undefined {
  switch (cpu.mode) {
    case 'host-passthrough':
    case 'maximum':
      return [
        cpu.mode === 'maximum' ? 'max' : 'host',
        context.domain.os.type.arch === 'armv7l' && context.capabilities.arch === 'aarch64' && ['aarch64', 'off'],
        has(context, 'cpu.migratable') && cpu.migratable !== undefined && ['migratable', cpu.migratable ? 'on' : 'off'],
      ];
    case 'host-model':
      return ['host'];
    default:
      return cpu.model?.name === undefined ? undefined : [cpu.model.name];
  }
}

function featurePairs(cpu: Cpu, { os }: Domain): readonly PairInput[] {
  const arch = os.type.arch ?? '';
  return cpu.features
    .filter(({ name }) => !(isX86(arch) && isRemovedFeature(name)))
    .map(({ name, policy }): PairInput => {
      const state = featureStates[policy ?? 'require'];
      return state && [cpuFeatureName(name, arch), state];
    });
}

/** An optional feature was settled before, by what the host has. */
const featureStates: Readonly<Record<string, string>> = { force: 'on', require: 'on', disable: 'off', forbid: 'off' };

const defaultModels: Readonly<Record<string, string>> = { x86_64: 'qemu64', i686: 'qemu32' };

const defaultModel = ({ os }: Domain): string => defaultModels[os.type.arch ?? ''] ?? 'max';
