import type { DomainCapabilityFacts } from './domain-capability-facts.js';
import type { Item } from './document.js';
import { element, enumeration } from './document.js';
import type { QemuFlag } from './flags.js';

/** A value that is offered when one of the flags is there; without flags, always. */
type Offer = readonly [value: string, ...flags: readonly QemuFlag[]];

const offered = (facts: DomainCapabilityFacts, offers: readonly Offer[]): readonly string[] =>
  offers
    .filter(([, ...flags]) => flags.length === 0 || flags.some((flag) => facts.capabilities.flags.has(flag)))
    .map(([value]) => value);

const virtioModels: readonly Offer[] = [
  ['virtio'],
  ['virtio-transitional', 'virtio-pci-non-transitional'],
  ['virtio-non-transitional', 'virtio-pci-non-transitional'],
];

/** The `<devices>` element. */
export const devices = (facts: DomainCapabilityFacts, machine: string): Item =>
  element('devices', {}, [
    disk(facts, machine),
    graphics(facts),
    video(facts),
    hostdev(facts),
    rng(facts),
    filesystem(facts),
    tpm(facts),
    redirdev(facts),
    channel(facts),
    crypto(facts),
    networkInterface(facts),
    panic(facts, machine),
  ]);

const device = (name: string, enumerations: readonly Item[]): Item => element(name, { supported: 'yes' }, enumerations);

function disk(facts: DomainCapabilityFacts, machine: string): Item {
  const isX86 = ['x86_64', 'i686'].includes(facts.capabilities.arch);
  const isPc = isX86 && !machine.includes('q35') && machine !== 'microvm';
  const hasFdc = facts.capabilities.arch !== 's390x' && machine !== 'microvm';
  const buses = [
    ...(isPc ? ['ide'] : []),
    ...(hasFdc ? ['fdc'] : []),
    'scsi',
    'virtio',
    ...offered(facts, [
      ['usb', 'usb-storage'],
      ['sata', 'ich9-ahci'],
    ]),
  ];
  return device('disk', [
    enumeration('diskDevice', ['disk', 'cdrom', ...(hasFdc ? ['floppy'] : []), 'lun']),
    enumeration('bus', buses),
    enumeration('model', offered(facts, virtioModels)),
  ]);
}

const graphics = (facts: DomainCapabilityFacts): Item =>
  device('graphics', [
    enumeration('type', [
      ...offered(facts, [
        ['sdl', 'sdl'],
        ['vnc', 'vnc'],
      ]),
      ...(facts.rdp && facts.capabilities.flags.has('display-dbus') ? ['rdp'] : []),
      ...offered(facts, [
        ['spice', 'spice'],
        ['egl-headless', 'egl-headless'],
        ['dbus', 'display-dbus'],
      ]),
    ]),
  ]);

const video = (facts: DomainCapabilityFacts): Item =>
  device('video', [
    enumeration(
      'modelType',
      offered(facts, [
        ['vga', 'VGA'],
        ['cirrus', 'cirrus-vga'],
        ['vmvga', 'vmware-svga'],
        ['qxl', 'qxl'],
        ['virtio', 'virtio-gpu'],
        ['none'],
        ['bochs', 'bochs-display'],
        ['ramfb', 'ramfb'],
      ]),
    ),
  ]);

const hostdev = (facts: DomainCapabilityFacts): Item =>
  device('hostdev', [
    enumeration('mode', ['subsystem']),
    enumeration('startupPolicy', ['default', 'mandatory', 'requisite', 'optional']),
    enumeration('subsysType', ['usb', 'pci', 'scsi']),
    enumeration('capsType', []),
    enumeration('pciBackend', facts.assignsPciDevices ? offered(facts, [['default'], ['vfio', 'vfio-pci']]) : []),
  ]);

const rng = (facts: DomainCapabilityFacts): Item =>
  device('rng', [
    enumeration('model', offered(facts, virtioModels)),
    enumeration(
      'backendModel',
      offered(facts, [
        ['random', 'rng-random'],
        ['egd', 'rng-egd'],
        ['builtin', 'rng-builtin'],
      ]),
    ),
  ]);

const filesystem = (facts: DomainCapabilityFacts): Item =>
  device('filesystem', [
    enumeration('driverType', offered(facts, [['path'], ['handle'], ['virtiofs', 'vhost-user-fs']])),
  ]);

function tpm(facts: DomainCapabilityFacts): Item {
  const models = offered(facts, [
    ['tpm-tis', 'tpm-tis'],
    ['tpm-crb', 'tpm-crb'],
    ['tpm-spapr', 'tpm-spapr'],
    ['spapr-tpm-proxy', 'spapr-tpm-proxy'],
  ]);
  const hasEmulator = facts.capabilities.flags.has('tpm-emulator');
  const backEnds = [
    ...offered(facts, [['passthrough', 'tpm-passthrough']]),
    ...(hasEmulator && facts.tpmVersions.length > 0 ? ['emulator'] : []),
    ...(hasEmulator ? ['external'] : []),
  ];
  if (models.length === 0 || backEnds.length === 0) return element('tpm', { supported: 'no' });
  return device('tpm', [
    enumeration('model', models),
    enumeration('backendModel', backEnds),
    enumeration('backendVersion', hasEmulator ? facts.tpmVersions : []),
  ]);
}

const redirdev = (facts: DomainCapabilityFacts): Item =>
  element('redirdev', { supported: facts.capabilities.flags.has('usb-redir') ? 'yes' : 'no' }, [
    enumeration('bus', offered(facts, [['usb', 'usb-redir']])),
  ]);

const channel = (facts: DomainCapabilityFacts): Item =>
  device('channel', [enumeration('type', offered(facts, [['pty'], ['unix'], ['spicevmc', 'spice']]))]);

function crypto(facts: DomainCapabilityFacts): Item {
  if (!facts.capabilities.flags.has('virtio-crypto')) return element('crypto', { supported: 'no' });
  return device('crypto', [
    enumeration('model', ['virtio']),
    enumeration('type', ['qemu']),
    enumeration('backendModel', offered(facts, [['builtin'], ['lkcf', 'cryptodev-backend-lkcf']])),
  ]);
}

const networkInterface = (facts: DomainCapabilityFacts): Item =>
  device('interface', [
    enumeration(
      'backendType',
      offered(facts, [
        ['default', 'netdev.user'],
        ['passt', 'netdev.stream'],
      ]),
    ),
  ]);

function panic(facts: DomainCapabilityFacts, machine: string): Item {
  const isX86 = ['x86_64', 'i686'].includes(facts.capabilities.arch);
  const models = [
    ...(isX86 ? offered(facts, [['isa', 'pvpanic']]) : []),
    ...(machine.startsWith('pseries') ? ['pseries'] : []),
    ...(isX86 ? ['hyperv'] : []),
    ...(facts.capabilities.arch === 's390x' ? ['s390'] : []),
    ...offered(facts, [['pvpanic', 'pvpanic-pci']]),
  ];
  return models.length === 0 ? element('panic', { supported: 'no' }) : device('panic', [enumeration('model', models)]);
}
