import { qemuFlags } from './flags.js';
import type {
  AcceleratorCapabilities,
  CpuModel,
  HostCpuModel,
  HostCpuProperty,
  MachineType,
  QemuCapabilities,
  SevCapability,
  SgxCapability,
} from './qemu-capabilities.js';

/** What a cache document says beside the capabilities themselves. */
export interface CacheDocumentFacts {
  readonly emulatorChanged: number;
  readonly selfChanged: number;
  readonly selfVersion: number;
  readonly microcodeVersion: number;
}

const none: CacheDocumentFacts = { emulatorChanged: 0, selfChanged: 0, selfVersion: 0, microcodeVersion: 0 };

/** Capabilities in the format of libvirt's capability cache, for comparison and bug reports. */
export function cacheDocument(capabilities: QemuCapabilities, facts: Partial<CacheDocumentFacts> = {}): string {
  const all = { ...none, ...facts };
  return [
    '<qemuCaps>',
    `  <emulator>${capabilities.emulator}</emulator>`,
    `  <qemuctime>${all.emulatorChanged}</qemuctime>`,
    `  <selfctime>${all.selfChanged}</selfctime>`,
    `  <selfvers>${all.selfVersion}</selfvers>`,
    ...qemuFlags.filter((flag) => capabilities.flags.has(flag)).map((flag) => `  <flag name='${flag}'/>`),
    `  <version>${capabilities.version}</version>`,
    `  <microcodeVersion>${all.microcodeVersion}</microcodeVersion>`,
    `  <package>${escape(capabilities.package)}</package>`,
    `  <arch>${capabilities.arch}</arch>`,
    ...accelerators(capabilities),
    ...capabilities.gic.map(
      (gic) => `  <gic version='${gic.version}' kernel='${yesNo(gic.kernel)}' emulated='${yesNo(gic.emulated)}'/>`,
    ),
    ...(capabilities.sev === undefined ? [] : sev(capabilities.sev)),
    ...(capabilities.sgx === undefined ? [] : sgx(capabilities.sgx)),
    ...(capabilities.hyperv === undefined ? [] : hyperv(capabilities.hyperv)),
    '</qemuCaps>',
    '',
  ].join('\n');
}

const escape = (text: string): string =>
  text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/'/g, '&apos;')
    .replace(/"/g, '&quot;');
const yesNo = (value: boolean): string => (value ? 'yes' : 'no');
const attribute = (name: string, value: string | number | undefined): string =>
  value === undefined ? '' : ` ${name}='${escape(String(value))}'`;

const accelerators = (capabilities: QemuCapabilities): string[] =>
  (['kvm', 'hvf', 'tcg'] as const).flatMap((name) => {
    const found = capabilities.accelerators[name];
    return found === undefined ? [] : accelerator(name, found);
  });

const accelerator = (type: string, capabilities: AcceleratorCapabilities): string[] => [
  ...(capabilities.hostCpu === undefined ? [] : hostCpu(type, capabilities.hostCpu)),
  ...capabilities.cpus.flatMap((model) => cpu(type, model)),
  ...capabilities.machines.map((entry) => machine(type, entry)),
];

const hostCpu = (type: string, model: HostCpuModel): string[] => [
  `  <hostCPU type='${type}' model='${escape(model.model)}' migratability='${yesNo(model.migratability)}'>`,
  ...model.properties.map(hostCpuProperty),
  ...deprecatedFeatures(model),
  '  </hostCPU>',
];

const deprecatedFeatures = (model: HostCpuModel): string[] =>
  model.deprecated.length === 0
    ? []
    : [
        '    <deprecatedFeatures>',
        ...model.deprecated.map((name) => `      <property name='${escape(name)}'/>`),
        '    </deprecatedFeatures>',
      ];

function hostCpuProperty({ name, value, migratable }: HostCpuProperty): string {
  const type = typeof value;
  const flag = migratable === undefined ? '' : ` migratable='${yesNo(migratable)}'`;
  return `    <property name='${escape(name)}' type='${type}' value='${escape(String(value))}'${flag}/>`;
}

function cpu(type: string, model: CpuModel): string[] {
  const usable = model.usable === undefined ? undefined : yesNo(model.usable);
  const start =
    `  <cpu type='${type}'${attribute('name', model.name)}${attribute('typename', model.typename)}` +
    `${attribute('usable', usable)}${model.deprecated ? " deprecated='yes'" : ''}${attribute('vendor', model.vendor)}`;
  if (model.blockers.length === 0) return [`${start}/>`];
  return [`${start}>`, ...model.blockers.map((name) => `    <blocker name='${escape(name)}'/>`), '  </cpu>'];
}

const machine = (type: string, entry: MachineType): string =>
  `  <machine type='${type}'${attribute('name', entry.name)}${attribute('alias', entry.alias)}` +
  `${entry.hotplugCpus ? " hotplugCpus='yes'" : ''} maxCpus='${entry.maxCpus}'` +
  `${entry.isDefault ? " default='yes'" : ''}${attribute('defaultCPU', entry.defaultCpu)}` +
  `${entry.numaMemSupported ? " numaMemSupported='yes'" : ''}${attribute('defaultRAMid', entry.defaultRamId)}` +
  `${entry.deprecated ? " deprecated='yes'" : ''}${entry.acpi === undefined ? '' : ` acpi='${yesNo(entry.acpi)}'`}/>`;

const sev = (capability: SevCapability): string[] => [
  '  <sev>',
  `    <cbitpos>${capability.cbitpos}</cbitpos>`,
  `    <reducedPhysBits>${capability.reducedPhysBits}</reducedPhysBits>`,
  `    <pdh>${escape(capability.pdh)}</pdh>`,
  `    <certChain>${escape(capability.certChain)}</certChain>`,
  ...(capability.cpu0Id === undefined ? [] : [`    <cpu0Id>${escape(capability.cpu0Id)}</cpu0Id>`]),
  '  </sev>',
];

const sgx = (capability: SgxCapability): string[] => [
  "  <sgx supported='yes'>",
  `    <flc>${yesNo(capability.flc)}</flc>`,
  ...(capability.sgx1 === undefined ? [] : [`    <sgx1>${yesNo(capability.sgx1)}</sgx1>`]),
  ...(capability.sgx2 === undefined ? [] : [`    <sgx2>${yesNo(capability.sgx2)}</sgx2>`]),
  `    <section_size unit='KiB'>${capability.sectionSize / 1024}</section_size>`,
  ...sgxSections(capability),
  '  </sgx>',
];

const sgxSections = (capability: SgxCapability): string[] =>
  capability.sections.length === 0
    ? []
    : [
        '    <sections>',
        ...capability.sections.map(
          (section) => `      <section node='${section.node}' size='${section.size / 1024}' unit='KiB'/>`,
        ),
        '    </sections>',
      ];

const hyperv = (names: readonly string[]): string[] => [
  "  <hypervCapabilities supported='yes'>",
  ...names.map((name) => `    <cap name='${name}'/>`),
  '  </hypervCapabilities>',
];
