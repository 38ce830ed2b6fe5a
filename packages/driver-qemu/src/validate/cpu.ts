import type { Cpu, Domain } from '@virtkit/schema';
import type { QemuFacts } from '../complete/facts.js';
import { archOf, isX86 } from '../complete/machine.js';
import { unsupported } from './refuse.js';

const isHostLike = ({ mode }: Cpu): boolean => mode === 'host-passthrough' || mode === 'maximum';

/** CPU settings that contradict each other or that QEMU has not. */
export function checkCpu(domain: Domain, facts: QemuFacts): void {
  const { cpu } = domain;
  if (cpu === undefined) return;
  checkCache(cpu, domain);
  checkAddressBits(cpu, domain, facts);
}

function checkCache(cpu: Cpu, domain: Domain): void {
  const { cache } = cpu;
  if (cache === undefined) return;
  if (!isX86(domain)) unsupported(`CPU cache specification is not supported for '${archOf(domain)}' architecture`);
  switch (cache.mode) {
    case 'emulate':
      if (cache.level !== 3) unsupported("CPU cache mode 'emulate' can only be used with level='3'");
      break;
    case 'passthrough':
      if (!isHostLike(cpu))
        unsupported("CPU cache mode 'passthrough' can only be used with 'host-passthrough' / 'maximum' CPUs");
      if (cache.level !== undefined) unsupported("unsupported CPU cache level for mode 'passthrough'");
      break;
    case 'disable':
      if (cache.level !== undefined) unsupported("unsupported CPU cache level for mode 'disable'");
      break;
  }
}

function checkAddressBits(cpu: Cpu, domain: Domain, { host }: QemuFacts): void {
  const wanted = cpu.maxphysaddr;
  if (wanted === undefined) return;
  if (!isX86(domain)) {
    unsupported(
      `CPU maximum physical address bits specification is not supported for '${archOf(domain)}' architecture`,
    );
  }
  if (wanted.mode === 'passthrough') {
    if (!isHostLike(cpu)) {
      unsupported(
        "CPU maximum physical address bits mode 'passthrough' can only be used with 'host-passthrough' / 'maximum' CPUs",
      );
    }
    if (wanted.bits !== undefined) {
      unsupported("CPU maximum physical address bits number specification cannot be used with mode='passthrough'");
    }
    return;
  }
  if (wanted.limit !== undefined)
    unsupported("CPU maximum physical address bits limit cannot be used with mode='emulate'");
  if (
    host.physicalAddressBits !== undefined &&
    (wanted.bits ?? 0) > host.physicalAddressBits &&
    domain.type === 'kvm'
  ) {
    unsupported('CPU maximum physical address bits > host');
  }
}

/** What only a start on this host can tell. */
export function checkCpuMode(domain: Domain, { capabilities, host }: QemuFacts): void {
  const mode = domain.cpu?.mode;
  if (mode === undefined || capabilities === undefined) return;
  const isSupported =
    mode === 'host-passthrough' ? domain.type !== 'qemu' : mode !== 'maximum' || capabilities.flags.has('cpu-max');
  if (isSupported) return;
  unsupported(
    `CPU mode '${mode}' for ${archOf(domain)} ${domain.type} domain on ${host.arch} host is not supported by hypervisor`,
  );
}
