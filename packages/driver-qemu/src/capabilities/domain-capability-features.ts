import type { DomainCapabilityFacts } from './domain-capability-facts.js';
import type { Item } from './document.js';
import { element, enumeration, leaf } from './document.js';
import type { SgxCapability } from './qemu-capabilities.js';

const yesNo = (value: boolean): string => (value ? 'yes' : 'no');

const supported = (name: string, value: boolean): Item => element(name, { supported: yesNo(value) });

/** The `<features>` element. */
export function features(facts: DomainCapabilityFacts): Item {
  const { flags, hyperv, sgx } = facts.capabilities;
  return element('features', {}, [
    gic(facts),
    supported('vmcoreinfo', flags.has('vmcoreinfo')),
    supported('genid', flags.has('vmgenid')),
    supported('backingStoreInput', true),
    supported('backup', true),
    supported('async-teardown', flags.has('run-with.async-teardown')),
    ...(hasPs2(facts)
      ? [supported('ps2', true)]
      : facts.capabilities.arch === 's390x'
        ? [supported('s390-pv', flags.has('s390-pv-guest'))]
        : []),
    sev(facts),
    sgx === undefined ? supported('sgx', false) : sgxElement(sgx),
    ...(hyperv === undefined ? [] : [element('hyperv', { supported: 'yes' }, [enumeration('features', hyperv)])]),
    launchSecurity(facts),
  ]);
}

const hasPs2 = (facts: DomainCapabilityFacts): boolean => ['x86_64', 'i686'].includes(facts.capabilities.arch);

function gic(facts: DomainCapabilityFacts): Item {
  const accelerated = facts.virtType === 'kvm';
  const versions = facts.capabilities.gic
    .filter((entry) => (accelerated ? entry.kernel : entry.emulated))
    .map((entry) => String(entry.version));
  const isVirt = facts.machine === 'virt' || facts.machine.startsWith('virt-');
  if (!isVirt || versions.length === 0) return supported('gic', false);
  return element('gic', { supported: 'yes' }, [enumeration('version', versions.sort())]);
}

function sev({ capabilities, sevGuests }: DomainCapabilityFacts): Item {
  const found = capabilities.sev;
  if (found === undefined) return supported('sev', false);
  return element('sev', { supported: 'yes' }, [
    leaf('cbitpos', String(found.cbitpos)),
    leaf('reducedPhysBits', String(found.reducedPhysBits)),
    leaf('maxGuests', String(sevGuests?.plain ?? 0)),
    leaf('maxESGuests', String(sevGuests?.encryptedState ?? 0)),
    ...(found.cpu0Id === undefined ? [] : [leaf('cpu0Id', found.cpu0Id)]),
  ]);
}

const sgxElement = (found: SgxCapability): Item =>
  element('sgx', { supported: 'yes' }, [
    leaf('flc', yesNo(found.flc)),
    leaf('sgx1', yesNo(found.sgx1 === true)),
    leaf('sgx2', yesNo(found.sgx2 === true)),
    leaf('section_size', String(found.sectionSize / 1024), { unit: 'KiB' }),
    ...(found.sections.length === 0 ? [] : [element('sections', {}, found.sections.map(section))]),
  ]);

const section = ({ node, size }: SgxCapability['sections'][number]): Item =>
  element('section', { node: String(node), size: String(size / 1024), unit: 'KiB' });

function launchSecurity({ capabilities: { flags } }: DomainCapabilityFacts): Item {
  const kinds = [
    ...(flags.has('sev-guest') ? ['sev'] : []),
    ...(flags.has('sev-snp-guest') ? ['sev-snp'] : []),
    ...(flags.has('s390-pv-guest') ? ['s390-pv'] : []),
  ];
  return kinds.length === 0
    ? supported('launchSecurity', false)
    : element('launchSecurity', { supported: 'yes' }, [enumeration('sectype', kinds)]);
}
