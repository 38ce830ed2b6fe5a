import { errorsFrom } from '@virtkit/schema';
import type { Domain } from '@virtkit/schema';
import type { QemuFacts } from './facts.js';
import { isArmVirt, isQ35 } from './machine.js';

const virtError = errorsFrom('QEMU');

/** Checks and defaults of features that other parts of the document depend on. */
export function completeFeatures(domain: Domain, facts: QemuFacts): void {
  checkTseg(domain, facts);
  completeGic(domain, facts);
}

const mebibyte = 1024;

/** The memory of the system management mode. */
function checkTseg(domain: Domain, { capabilities }: QemuFacts): void {
  const smm = domain.features?.smm;
  if (smm?.state !== true || smm.tseg === undefined) return;
  if (!isQ35(domain)) throw virtError('CONFIG_UNSUPPORTED', 'SMM TSEG is only supported with q35 machine type');
  if (capabilities?.flags.has('mch.extended-tseg-mbytes') === false) {
    throw virtError('CONFIG_UNSUPPORTED', 'Setting TSEG size is not supported with this QEMU binary');
  }
  if (smm.tseg % mebibyte !== 0) throw virtError('CONFIG_UNSUPPORTED', 'SMM TSEG size must be divisible by 1 MiB');
}

/** ARM's `virt` machine has the interrupt controller the host can accelerate, or the one that is emulated. */
function completeGic(domain: Domain, { capabilities }: QemuFacts): void {
  if (!isArmVirt(domain) || capabilities === undefined) return;
  if (domain.features?.gic?.version !== undefined) return;
  const offered = capabilities.gic.filter((entry) => (domain.type === 'kvm' ? entry.kernel : entry.emulated));
  const preferred = domain.type === 'kvm' ? [3, 2] : [2, 3];
  const version = preferred.find((number) => offered.some((entry) => entry.version === number));
  if (version === undefined && domain.features?.gic === undefined) return;
  domain.features ??= {};
  domain.features.gic = { version: version === 3 ? '3' : '2' };
}
