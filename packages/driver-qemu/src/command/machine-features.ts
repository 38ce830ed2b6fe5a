import type { Domain } from '@virtkit/schema';
import type { CommandContext } from './context.js';
import type { PairInput } from './option.js';
import { switchPair } from './switch-text.js';

type Features = NonNullable<Domain['features']>;

/** Features of the document that are properties of the machine, in the order of the command line. */
export function machineFeatures({ domain }: CommandContext): readonly PairInput[] {
  const features: Partial<Features> = domain.features ?? {};
  return [
    ...keyWrapping(domain),
    switchPair('vmport', features.vmport?.state),
    switchPair('smm', features.smm?.state),
    gicVersion(features),
    domain.devices.iommu?.model === 'smmuv3' && ['iommu', 'smmuv3'],
    irqchip(features),
    ...pseriesFeatures(features),
    switchPair('ras', features.ras?.state),
    features.aia && ['aia', features.aia.value],
    switchPair('i8042', features.ps2?.state),
  ];
}

const keyWrapping = ({ keywrap }: Domain): readonly PairInput[] =>
  (keywrap ?? []).map(({ name, state }) => switchPair(`${name}-key-wrap`, state));

const gicVersion = ({ gic }: Partial<Features>): PairInput =>
  gic?.version !== undefined && gic.version !== 'none' && ['gic-version', String(gic.version)];

const irqchip = ({ ioapic }: Partial<Features>): PairInput =>
  ioapic?.driver && ['kernel_irqchip', ioapic.driver === 'qemu' ? 'split' : 'on'];

const pseriesFeatures = (features: Partial<Features>): readonly PairInput[] => [
  features.hpt?.resizing && ['resize-hpt', features.hpt.resizing],
  features.hpt?.maxpagesize !== undefined && ['cap-hpt-max-page-size', `${features.hpt.maxpagesize}k`],
  switchPair('cap-htm', features.htm?.state),
  switchPair('cap-nested-hv', features.nestedHv?.state),
  switchPair('cap-ccf-assist', features.ccfAssist?.state),
  features.cfpc?.value && ['cap-cfpc', features.cfpc.value],
  features.sbbc?.value && ['cap-sbbc', features.sbbc.value],
  features.ibs?.value && ['cap-ibs', features.ibs.value],
];
