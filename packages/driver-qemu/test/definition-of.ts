import { completeDomain, formatDomain, parseDomain } from '@virtkit/schema';
import type { Domain } from '@virtkit/schema';
import type { QemuFlag } from '../src/capabilities/flags.js';
import type { QemuCapabilities } from '../src/capabilities/qemu-capabilities.js';
import type { QemuFacts } from '../src/complete/facts.js';
import { qemuSteps } from '../src/dialect.js';
import { qemuNamespaceRows } from '../src/namespace/qemu-rows.js';
import { validateDefinition } from '../src/validate/validate-definition.js';

const extensions = { namespaces: [qemuNamespaceRows] };

const flags: readonly QemuFlag[] = [
  'cirrus-vga',
  'ich9-ahci',
  'intel-iommu',
  'lsi',
  'pcie-root-port',
  'piix3-usb-uhci',
  'qemu-xhci',
  'rtl8139',
  'VGA',
  'virtio-iommu-pci',
  'virtio-net',
  'virtio-scsi-pci',
  'vnc',
];

const machine = (name: string, alias: string, isDefault: boolean) => ({
  name,
  alias,
  isDefault,
  maxCpus: 255,
  hotplugCpus: true,
  numaMemSupported: false,
  defaultCpu: 'qemu64-x86_64-cpu',
  deprecated: false,
  acpi: true,
});

const capabilities: QemuCapabilities = {
  emulator: '/usr/bin/qemu-system-x86_64',
  version: 10_000_000,
  package: '',
  arch: 'x86_64',
  flags: new Set(flags),
  accelerators: {
    tcg: { cpus: [], machines: [machine('pc-i440fx-10.0', 'pc', true), machine('pc-q35-10.0', 'q35', false)] },
  },
  gic: [],
  tpmModels: [],
  tpmTypes: [],
};

/** Facts of a small x86_64 host for tests. */
export const testFacts = (isNew = true): QemuFacts => ({
  isNew,
  isLoad: false,
  host: {
    arch: 'x86_64',
    isPciExpress: () => undefined,
    tpmVersions: ['1.2', '2.0'],
    cpuMap: undefined,
    physicalAddressBits: 40,
  },
  capabilities,
  emulator: capabilities.emulator,
  firmware: { descriptors: [], legacy: [], nvramDirectory: '/nvram' },
  settings: {
    channelTargetDirectories: ['/channels'],
    stateDirectory: '/state',
    nographicsAllowHostAudio: false,
    vncAllowHostAudio: false,
    spiceTls: false,
  },
});

/** A definition as the driver keeps it, for tests: of a text, completed and checked. */
export function definitionOf(text: string, facts = testFacts()): Domain {
  const domain = parseDomain(text, { extensions });
  const options = {
    randomUuid: () => 'c7a5fdbd-edaf-9455-926a-d65c16db1809',
    randomMac: () => '52:54:00:00:00:01',
    isNew: facts.isNew,
  };
  completeDomain(domain, options, qemuSteps, facts);
  validateDefinition(domain, facts);
  return domain;
}

/** The text of such a definition. */
export const textOfDefinition = (domain: Domain): string => formatDomain(domain, { secure: true, extensions });

/** A guest of one machine with these devices. */
export const guest = (machineName: string, devices: string, more = ''): string =>
  `<domain type='qemu'><name>a</name><memory>1048576</memory><vcpu>1</vcpu><os><type arch='x86_64' machine='${machineName}'>hvm</type></os>${more}<devices>${devices}</devices></domain>`;
