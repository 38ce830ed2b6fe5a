import {
  attr,
  attributeOf,
  childOf,
  element,
  type FieldsOf,
  flag,
  oneOf,
  onOff,
  optAttr,
  optChild,
  type Row,
  special,
  text,
  uint,
  within,
  yesNo,
} from '@virtkit/xml';
import { size, sizeContent } from '../values/size-rows.js';

const stateRows = { state: attr(onOff) };
/** A feature that is switched on or off. */
export interface FeatureState extends FieldsOf<typeof stateRows> {}
/** libvirt reads an element without `state` as switched on. */
const defaultOnRows = { state: attr(onOff, { default: true }) };

const state = (name: string) => optChild(element<FeatureState>(name, stateRows));
const stateOrOn = (name: string) => optChild(element<FeatureState>(name, defaultOnRows));

/** `<hap/>` is on; off is said by `state`. */
const hap: Row<boolean, true> = special<boolean>((key) => ({
  read(node, target) {
    const child = childOf(node, key);
    if (child !== undefined) target[key] = attributeOf(child, 'state') !== 'off';
  },
  body: (source, indent) =>
    source[key] === undefined ? '' : source[key] === true ? `${indent}<hap/>\n` : `${indent}<hap state='off'/>\n`,
  known: () => ({ children: [[key, undefined]] }),
}));

const apicRows = { eoi: optAttr(onOff) };
export interface ApicFeature extends FieldsOf<typeof apicRows> {}

const spinlocksRows = { ...stateRows, retries: optAttr(uint()) };
export interface HypervSpinlocks extends FieldsOf<typeof spinlocksRows> {}
const stimerRows = { ...stateRows, ...within('direct', { direct: optAttr(onOff, { as: 'state' }) }) };
export interface HypervStimer extends FieldsOf<typeof stimerRows> {}
const vendorIdRows = { ...stateRows, value: optAttr(text) };
export interface HypervVendorId extends FieldsOf<typeof vendorIdRows> {}
const tlbflushRows = {
  ...stateRows,
  ...within('direct', { direct: optAttr(onOff, { as: 'state' }) }),
  ...within('extended', { extended: optAttr(onOff, { as: 'state' }) }),
};
export interface HypervTlbflush extends FieldsOf<typeof tlbflushRows> {}

const hypervRows = {
  mode: attr(oneOf('custom', 'passthrough'), { default: 'custom' }),
  relaxed: state('relaxed'),
  vapic: state('vapic'),
  spinlocks: optChild(element<HypervSpinlocks>('spinlocks', spinlocksRows)),
  vpindex: state('vpindex'),
  runtime: state('runtime'),
  synic: state('synic'),
  stimer: optChild(element<HypervStimer>('stimer', stimerRows)),
  reset: state('reset'),
  vendorId: optChild(element<HypervVendorId>('vendor_id', vendorIdRows)),
  frequencies: state('frequencies'),
  reenlightenment: state('reenlightenment'),
  tlbflush: optChild(element<HypervTlbflush>('tlbflush', tlbflushRows)),
  ipi: state('ipi'),
  evmcs: state('evmcs'),
  avic: state('avic'),
  emsrBitmap: state('emsr_bitmap'),
  xmmInput: state('xmm_input'),
};
export interface HypervFeatures extends FieldsOf<typeof hypervRows> {}

const dirtyRingRows = { ...stateRows, size: optAttr(uint()) };
export interface DirtyRing extends FieldsOf<typeof dirtyRingRows> {}
const kvmRows = {
  hidden: state('hidden'),
  hintDedicated: state('hint-dedicated'),
  pollControl: state('poll-control'),
  pvIpi: state('pv-ipi'),
  dirtyRing: optChild(element<DirtyRing>('dirty-ring', dirtyRingRows)),
};
export interface KvmFeatures extends FieldsOf<typeof kvmRows> {}

const xenPassthroughRows = { ...stateRows, mode: optAttr(oneOf('sync_pt', 'share_pt')) };
export interface XenPassthrough extends FieldsOf<typeof xenPassthroughRows> {}
const xenRows = {
  e820Host: state('e820_host'),
  passthrough: optChild(element<XenPassthrough>('passthrough', xenPassthroughRows)),
};
export interface XenFeatures extends FieldsOf<typeof xenRows> {}

const capabilityNames = [
  'audit_control',
  'audit_write',
  'block_suspend',
  'chown',
  'dac_override',
  'dac_read_search',
  'fowner',
  'fsetid',
  'ipc_lock',
  'ipc_owner',
  'kill',
  'lease',
  'linux_immutable',
  'mac_admin',
  'mac_override',
  'mknod',
  'net_admin',
  'net_bind_service',
  'net_broadcast',
  'net_raw',
  'setgid',
  'setfcap',
  'setpcap',
  'setuid',
  'sys_admin',
  'sys_boot',
  'sys_chroot',
  'sys_module',
  'sys_nice',
  'sys_pacct',
  'sys_ptrace',
  'sys_rawio',
  'sys_resource',
  'sys_time',
  'sys_tty_config',
  'syslog',
  'wake_alarm',
] as const;
/** Linux capabilities of a container. */
export type ContainerCapability = (typeof capabilityNames)[number];
const capability = (name: ContainerCapability) => optChild(element<FeatureState>(name, defaultOnRows));
const capabilityRows = Object.fromEntries(capabilityNames.map((name) => [name, capability(name)])) as Record<
  ContainerCapability,
  ReturnType<typeof capability>
>;
const capabilitiesRows = { policy: attr(oneOf('default', 'allow', 'deny'), { default: 'default' }), ...capabilityRows };
export interface ContainerCapabilities extends FieldsOf<typeof capabilitiesRows> {}

const gicRows = { version: optAttr(oneOf('none', '2', '3', 'host'), { omit: 'none' }) };
export interface GicFeature extends FieldsOf<typeof gicRows> {}
const smmRows = { ...defaultOnRows, tseg: size({ pretty: true }) };
/** `tseg` in KiB. */
export interface SmmFeature extends FieldsOf<typeof smmRows> {}
const ioapicRows = { driver: attr(oneOf('qemu', 'kvm')) };
export interface IoapicFeature extends FieldsOf<typeof ioapicRows> {}
const hptRows = { resizing: optAttr(oneOf('enabled', 'disabled', 'required')), maxpagesize: size() };
/** `maxpagesize` in KiB. */
export interface HptFeature extends FieldsOf<typeof hptRows> {}
const msrsRows = { unknown: attr(oneOf('ignore', 'fault')) };
export interface MsrsFeature extends FieldsOf<typeof msrsRows> {}
const cfpcRows = { value: attr(oneOf('broken', 'workaround', 'fixed')) };
export interface CfpcFeature extends FieldsOf<typeof cfpcRows> {}
const ibsRows = { value: attr(oneOf('broken', 'workaround', 'fixed-ibs', 'fixed-ccd', 'fixed-na')) };
export interface IbsFeature extends FieldsOf<typeof ibsRows> {}
const tcgRows = { ...within('tb-cache', { tbCache: sizeContent('./tcg/tb-cache') }) };
/** `tbCache` in KiB. */
export interface TcgFeature extends FieldsOf<typeof tcgRows> {}
const teardownRows = { enabled: attr(yesNo) };
export interface AsyncTeardown extends FieldsOf<typeof teardownRows> {}
const aiaRows = { value: attr(oneOf('none', 'aplic', 'aplic-imsic')) };
export interface AiaFeature extends FieldsOf<typeof aiaRows> {}

const featuresRows = {
  acpi: flag(),
  apic: optChild(element<ApicFeature>('apic', apicRows)),
  pae: flag(),
  hap,
  viridian: flag(),
  privnet: flag(),
  hyperv: optChild(element<HypervFeatures>('hyperv', hypervRows)),
  kvm: optChild(element<KvmFeatures>('kvm', kvmRows)),
  pvspinlock: stateOrOn('pvspinlock'),
  capabilities: optChild(element<ContainerCapabilities>('capabilities', capabilitiesRows)),
  pmu: stateOrOn('pmu'),
  vmport: stateOrOn('vmport'),
  gic: optChild(element<GicFeature>('gic', gicRows)),
  smm: optChild(element<SmmFeature>('smm', smmRows)),
  ioapic: optChild(element<IoapicFeature>('ioapic', ioapicRows)),
  hpt: optChild(element<HptFeature>('hpt', hptRows, { omitEmpty: true })),
  vmcoreinfo: stateOrOn('vmcoreinfo'),
  htm: state('htm'),
  nestedHv: state('nested-hv'),
  msrs: optChild(element<MsrsFeature>('msrs', msrsRows)),
  ccfAssist: state('ccf-assist'),
  xen: optChild(element<XenFeatures>('xen', xenRows)),
  cfpc: optChild(element<CfpcFeature>('cfpc', cfpcRows)),
  sbbc: optChild(element<CfpcFeature>('sbbc', cfpcRows)),
  ibs: optChild(element<IbsFeature>('ibs', ibsRows)),
  tcg: optChild(element<TcgFeature>('tcg', tcgRows)),
  asyncTeardown: optChild(element<AsyncTeardown>('async-teardown', teardownRows)),
  ras: state('ras'),
  ps2: state('ps2'),
  aia: optChild(element<AiaFeature>('aia', aiaRows)),
};
/** `<features>` */
export interface Features extends FieldsOf<typeof featuresRows> {}
export const features = element<Features>('features', featuresRows, { omitEmpty: true });
