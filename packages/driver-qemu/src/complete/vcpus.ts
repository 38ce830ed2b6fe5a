import { errorsFrom } from '@virtkit/schema';
import type { Domain, VcpuEntry } from '@virtkit/schema';

const virtError = errorsFrom('QEMU');

/** Checks single vCPUs and says which of them can be unplugged. */
export function completeVcpus(domain: Domain): void {
  const { vcpus } = domain;
  if (vcpus === undefined || vcpus.length === 0) return;
  checkFirst(vcpus.find(({ id }) => id === 0));
  const present = vcpus.filter(({ enabled }) => enabled);
  const ordered = present.filter(({ order }) => order !== undefined);
  if (ordered.length > 0 && ordered.length < present.length) {
    throw virtError('CONFIG_UNSUPPORTED', 'vcpu order must be specified for all or none of the enabled vcpus');
  }
}

function checkFirst(first: VcpuEntry | undefined): void {
  if (first === undefined) return;
  if (!first.enabled) throw virtError('CONFIG_UNSUPPORTED', "vcpu 0 can't be offline");
  if (first.hotpluggable === true) throw virtError('CONFIG_UNSUPPORTED', "vcpu0 can't be hotpluggable");
  if (first.order !== undefined && first.order !== 1)
    throw virtError('CONFIG_UNSUPPORTED', 'vcpu0 must be enabled first');
}
