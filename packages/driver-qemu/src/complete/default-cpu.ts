import type { Cpu, Domain } from '@virtkit/schema';
import type { QemuCapabilities } from '../capabilities/qemu-capabilities.js';
import { acceleratorOf, findMachine } from '../capabilities/qemu-capabilities.js';
import { canMigrateCpu } from '../cpu/migratable.js';
import type { QemuFacts } from './facts.js';
import { archOf, isX86, isX86Arch, machineOf } from './machine.js';

/** The CPU a guest gets when its document names none: the machine's own. */
export function addDefaultCpu(domain: Domain, { capabilities }: QemuFacts): void {
  const { cpu } = domain;
  if (cpu !== undefined && ((cpu.mode !== undefined && cpu.mode !== 'custom') || cpu.model?.name !== undefined)) return;
  const model = capabilities === undefined ? undefined : machineCpu(domain, capabilities);
  if (model === undefined) return;
  const value: Cpu = cpu ?? { features: [] };
  domain.cpu = Object.assign(value, defaultOf(model, domain));
}

const needsTcg = (arch: string): boolean => !isX86Arch(arch) && !arch.startsWith('s390') && !arch.startsWith('ppc64');

/** Architectures whose CPUs documents can describe. */
const describesCpus = (arch: string): boolean =>
  isX86Arch(arch) || /^(s390x?|ppc64(le)?|aarch64|armv[67]l|riscv(32|64)|loongarch64)$/.test(arch);

function machineCpu(domain: Domain, capabilities: QemuCapabilities): string | undefined {
  if (!describesCpus(archOf(domain))) return undefined;
  if (needsTcg(archOf(domain)) && domain.type !== 'qemu') return undefined;
  const type = findMachine(capabilities, domain.type, machineOf(domain))?.defaultCpu;
  if (type === undefined) return undefined;
  const models = capabilities.accelerators[acceleratorOf(domain.type)]?.cpus ?? [];
  return models.find((model) => model.typename === type)?.name;
}

/** The machine's CPU may not run on any host as it is, so nothing is checked at a start. */
function defaultOf(model: string, domain: Domain): Partial<Cpu> {
  if (model !== 'host') {
    return { mode: 'custom', match: 'exact', check: 'none', model: { fallback: 'forbid', name: model } };
  }
  return archOf(domain).startsWith('s390') ? { mode: 'host-model' } : { mode: 'host-passthrough' };
}

/** Fills in what an absent `check` and `migratable` mean. */
export function completeCpu(domain: Domain, { capabilities }: QemuFacts): void {
  const { cpu } = domain;
  if (cpu === undefined) return;
  if (cpu.mode === 'host-passthrough' || cpu.mode === 'maximum') {
    if (cpu.migratable === undefined && isX86(domain) && cpu.mode === 'host-passthrough') {
      cpu.migratable = canMigrateCpu(capabilities);
    }
  }
  if (cpu.mode === undefined || cpu.check !== undefined) return;
  if (cpu.mode === 'custom' && cpu.model?.name === undefined) return;
  cpu.check = defaultCheck(cpu, domain);
}

function defaultCheck(cpu: Cpu, domain: Domain): NonNullable<Cpu['check']> {
  if (cpu.mode === 'host-model') return 'partial';
  if (cpu.mode === 'custom') return domain.type === 'qemu' ? 'none' : 'partial';
  return 'none';
}
