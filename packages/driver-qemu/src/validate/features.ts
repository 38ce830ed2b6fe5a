import type { Domain } from '@virtkit/schema';
import type { QemuFacts } from '../complete/facts.js';
import { archOf, isArmVirt, isPseries, isX86, machineOf } from '../complete/machine.js';
import { has, unsupported } from './refuse.js';

/** Features that the machine or the binary has not. */
export function checkFeatures(domain: Domain, facts: QemuFacts): void {
  const { features } = domain;
  if (features === undefined) return;
  checkPs2(domain, facts);
  if (features.gic !== undefined && !isArmVirt(domain)) machineLacks('gic', domain);
  for (const name of ['hpt', 'htm', 'cfpc', 'sbbc', 'ibs'] as const)
    if (features[name] !== undefined && !isPseries(domain)) machineLacks(name, domain);
  if (features.nestedHv !== undefined && !isPseries(domain)) machineLacks('nested-hv', domain);
  if (features.ccfAssist !== undefined && !isPseries(domain)) machineLacks('ccf-assist', domain);
  if (features.smm?.state === true && !isX86(domain)) unsupported('smm is not available with this QEMU binary');
  if (features.vmport !== undefined && !has(facts, 'machine-vmport-opt'))
    unsupported('vmport is not available with this QEMU binary');
  if (features.vmport?.state === true && features.ps2?.state === false)
    unsupported('vmport feature requires the ps2 feature not to be disabled');
  if (features.vmcoreinfo?.state === true && !has(facts, 'vmcoreinfo'))
    unsupported('vmcoreinfo is not available with this QEMU binary');
  if (features.tcg !== undefined && domain.type !== 'qemu')
    unsupported(`TCG features are incompatible with domain type '${domain.type}'`);
  if (features.asyncTeardown?.enabled === true && !has(facts, 'run-with.async-teardown')) {
    unsupported('asynchronous teardown is not available with this QEMU binary');
  }
}

const machineLacks = (name: string, domain: Domain): never =>
  unsupported(
    `The '${name}' feature is not supported for architecture '${archOf(domain)}' or machine type '${machineOf(domain)}'`,
  );

/** The controller of PS/2 keyboards and mice can be left out of newer machines. */
function checkPs2(domain: Domain, facts: QemuFacts): void {
  const ps2 = domain.features?.ps2;
  if (ps2 === undefined) return;
  if (!has(facts, 'machine-i8042-opt')) unsupported('ps2 feature state cannot be controlled with this QEMU binary');
}
