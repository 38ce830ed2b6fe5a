import { errorsFrom } from '../../errors/virt-error.js';
import type { Domain } from '../domain.js';

const virtError = errorsFrom('DOMAIN');

/** Placement, count of present ones, and the memory policy that follows from placement. */
export function completeVcpus(domain: Domain): void {
  const { vcpu } = domain;
  if (vcpu.count === 0) throw virtError('XML_ERROR', 'domain vcpus count must be at least 1');
  if ((vcpu.current ?? vcpu.count) > vcpu.count) {
    throw virtError('XML_ERROR', `maxvcpus must not be less than current vcpus (${vcpu.count} < ${vcpu.current ?? 0})`);
  }
  if (vcpu.current === vcpu.count || vcpu.current === 0) delete vcpu.current;
  if (vcpu.placement === 'auto') delete vcpu.cpuset;
  vcpu.placement ??= 'static';
  completeNumatune(domain);
  checkPins(domain);
}

function completeNumatune(domain: Domain): void {
  if (domain.vcpu.placement === 'auto' && domain.numatune?.memory === undefined) {
    domain.numatune = { memory: { placement: 'auto' }, memnodes: domain.numatune?.memnodes ?? [] };
  }
  const memory = domain.numatune?.memory;
  if (memory === undefined) return;
  memory.mode ??= 'strict';
  memory.placement ??= memory.nodeset === undefined ? domain.vcpu.placement : 'static';
  if (memory.placement === 'static' && memory.nodeset === undefined) {
    throw virtError('CONFIG_UNSUPPORTED', "nodeset for NUMA memory tuning must be set if 'placement' is 'static'");
  }
  if (memory.placement === 'auto') delete memory.nodeset;
  else delete memory.placement;
}

/** Pins of vCPUs that there are none of are dropped. */
function checkPins({ cputune, vcpu }: Domain): void {
  if (cputune === undefined) return;
  cputune.vcpupins = cputune.vcpupins.filter(({ vcpu: id }) => id < vcpu.count);
  cputune.vcpupins.sort((a, b) => a.vcpu - b.vcpu);
}

/** Numbers I/O threads: those the document names, and as many more as it counts. */
export function completeIothreads(domain: Domain): void {
  const named = domain.iothreadids ?? [];
  const count = Math.max(domain.iothreads ?? 0, named.length);
  if (count === 0) {
    delete domain.iothreads;
    return;
  }
  domain.iothreads = count;
  const ids = new Set(named.map(({ id }) => id));
  for (let id = 1; named.length < count; id += 1) {
    if (!ids.has(id)) named.push({ id, implicit: true });
  }
  domain.iothreadids = named;
}
