import { type Domain, errorsFrom } from '@virtkit/schema';
import { findMachine } from '../capabilities/qemu-capabilities.js';
import type { QemuFacts } from '../complete/facts.js';
import { isQ35, isX86, machineOf } from '../complete/machine.js';
import { unsupported } from './refuse.js';

const domainError = errorsFrom('DOMAIN');
/** What a number of vCPUs holds. */
const mostVcpus = 4_294_967_295;
/** vCPUs that work without an IOMMU that remaps interrupts. */
const plainVcpus = 255;

/** The number of vCPUs and how they are arranged. */
export function checkVcpus(domain: Domain, { capabilities }: QemuFacts): void {
  const { count } = domain.vcpu;
  const limit =
    capabilities === undefined ? 0 : (findMachine(capabilities, domain.type, machineOf(domain))?.maxCpus ?? 0);
  if (limit > 0 && count > limit) unsupported(`Maximum CPUs greater than specified machine type limit ${limit}`);
  checkTopology(domain);
  if (isX86(domain) && count > plainVcpus) checkManyVcpus(domain);
}

function checkTopology({ cpu, vcpu }: Domain): void {
  const topology = cpu?.topology;
  if (topology === undefined) return;
  const total = topology.sockets * topology.dies * topology.clusters * topology.cores * topology.threads;
  if (total > mostVcpus) throw domainError('CONFIG_UNSUPPORTED', `cpu topology results in more than ${mostVcpus} cpus`);
  if (total !== vcpu.count) unsupported("CPU topology doesn't match maximum vcpu count");
}

function checkManyVcpus(domain: Domain): void {
  if (!isQ35(domain)) unsupported(`more than ${plainVcpus} vCPUs are only supported on q35-based machine types`);
  const { iommu } = domain.devices;
  if (iommu?.model === 'intel' && iommu.driver?.eim !== true) {
    unsupported(`more than ${plainVcpus} vCPUs require extended interrupt mode enabled on the iommu device`);
  }
}

/** Shares of caches and of memory bandwidth are given to threads of KVM. */
export function checkCacheTuning({ cputune, type }: Domain): void {
  const shares = (cputune?.cachetunes.length ?? 0) + (cputune?.memorytunes.length ?? 0);
  if (shares > 0 && type !== 'kvm') unsupported('cachetune is only supported for KVM domains');
}
