import {
  attr,
  attributeOf,
  childOf,
  type ElementType,
  element,
  type FieldsOf,
  flag,
  matchedTag,
  oneOf,
  onOff,
  optAttr,
  optChild,
  positionOf,
  type ReadContext,
  type Row,
  special,
  text,
  uint,
  valueError,
  violated,
  within,
  type XmlNode,
  yesNo,
} from '@virtkit/xml';
import { errorsFrom } from '../errors/virt-error.js';
import { size, sizeContent } from '../values/size-rows.js';

const domainError = errorsFrom('DOMAIN');

const stateRows = { state: attr(onOff) };
/** A feature that is switched on or off. */
export interface FeatureState extends FieldsOf<typeof stateRows> {}
/** libvirt reads an element without `state` as switched on. */
const defaultOnRows = { state: attr(onOff, { default: true }) };

const state = (name: string) => optChild(element<FeatureState>(name, stateRows));
const stateOrOn = (name: string) => optChild(element<FeatureState>(name, defaultOnRows));

/** `<hap/>` is on. */
const hap: Row<boolean, true> = special<boolean>((key) => ({
  read(node, target) {
    const child = childOf(node, key);
    if (child === undefined) return;
    const state = attributeOf(child, 'state') ?? 'on';
    if (state !== 'on' && state !== 'off') {
      throw valueError(`Invalid value for attribute 'state' in element 'hap': '${state}'.`);
    }
    target[key] = state === 'on';
  },
  body: (source, indent) =>
    source[key] === undefined
      ? ''
      : `${indent}<hap state='${source[key] === true ? 'on' : 'off'}'/>
`,
  known: () => ({ children: [[key, undefined]] }),
}));

/** A required `state` of a child element, as one field. */
function stateChild(name: string): Row<boolean, true> {
  const type = element<FeatureState>(name, stateRows);
  return special<boolean>((key) => ({
    read(node, target, context) {
      const child = childOf(node, name);
      if (child !== undefined && type.read(child, context).state) target[key] = true;
    },
    body: (source, indent, context) =>
      source[key] === undefined ? '' : type.write({ state: source[key] === true }, indent, context),
    known: () => ({ children: [[name, type.check]] }),
  }));
}

const missingIn = (attribute: string, name: string, node: XmlNode, context: ReadContext): Error =>
  valueError(`Missing required attribute '${attribute}' in element '${name}'`, positionOf(node, context));

/** Children of other names are refused. */
const onlyKnown =
  (names: string, text: string) =>
  (_value: object, node: XmlNode): void => {
    const other = node.children.find(({ name }) => !names.split(' ').includes(name));
    if (other !== undefined)
      throw domainError(
        'CONFIG_UNSUPPORTED',
        text.replace('$', () => other.name),
      );
  };

const apicRows = { eoi: optAttr(onOff) };
export interface ApicFeature extends FieldsOf<typeof apicRows> {}

const spinlocksRows = { ...stateRows, retries: optAttr(uint()) };
export interface HypervSpinlocks extends FieldsOf<typeof spinlocksRows> {}
const hypervSpinlocks = element<HypervSpinlocks>('spinlocks', spinlocksRows, {
  refine: (value, node, context) => {
    if (!value.state) delete value.retries;
    else if (value.retries === undefined) throw missingIn('retries', 'spinlocks', node, context);
    else if (value.retries < 4095) throw domainError('XML_ERROR', 'HyperV spinlock retry count must be at least 4095');
  },
});
const stimerRows = { ...stateRows, direct: stateChild('direct') };
export interface HypervStimer extends FieldsOf<typeof stimerRows> {}
const vendorIdRows = { ...stateRows, value: optAttr(text) };
export interface HypervVendorId extends FieldsOf<typeof vendorIdRows> {}
const hypervVendorId = element<HypervVendorId>('vendor_id', vendorIdRows, {
  refine: (feature) => {
    if (!feature.state) {
      delete feature.value;
      return;
    }
    const { value } = feature;
    if (value === undefined) throw domainError('XML_ERROR', "missing 'value' attribute for HyperV feature 'vendor_id'");
    if (value.length > 12)
      throw domainError('XML_ERROR', 'HyperV vendor_id value must not be more than 12 characters.');
    if (value.includes(',')) throw domainError('XML_ERROR', 'HyperV vendor_id value is invalid');
  },
});
const tlbflushRows = { ...stateRows, direct: stateChild('direct'), extended: stateChild('extended') };
export interface HypervTlbflush extends FieldsOf<typeof tlbflushRows> {}

const hypervRows = {
  mode: attr(oneOf('custom', 'passthrough'), { default: 'custom' }),
  relaxed: state('relaxed'),
  vapic: state('vapic'),
  spinlocks: optChild(hypervSpinlocks),
  vpindex: state('vpindex'),
  runtime: state('runtime'),
  synic: state('synic'),
  stimer: optChild(
    element<HypervStimer>('stimer', stimerRows, {
      refine: onlyKnown('direct', 'unsupported Hyper-V stimer feature: $'),
    }),
  ),
  reset: state('reset'),
  vendorId: optChild(hypervVendorId),
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
const dirtyRing = element<DirtyRing>('dirty-ring', dirtyRingRows, {
  refine: (value, node, context) => {
    if (!value.state) {
      delete value.size;
      return;
    }
    const { size } = value;
    if (size === undefined) throw missingIn('size', 'dirty-ring', node, context);
    if (size < 1024 || size > 65_536 || (size & (size - 1)) !== 0) {
      throw domainError('XML_ERROR', 'dirty ring must be power of 2 and ranges [1024, 65536]');
    }
  },
});
/** Passed through, nothing is chosen. */
const hypervOnly =
  (names: string, text: string) =>
  (value: HypervFeatures, node: XmlNode, context: ReadContext): void => {
    onlyKnown(names, text)(value, node);
    if (value.mode !== 'passthrough') return;
    if (node.children.length > 0) violated(node, context);
    for (const key of Object.keys(value)) if (key !== 'mode') delete value[key as keyof HypervFeatures];
  };

const kvmRows = {
  hidden: state('hidden'),
  hintDedicated: state('hint-dedicated'),
  pollControl: state('poll-control'),
  pvIpi: state('pv-ipi'),
  dirtyRing: optChild(dirtyRing),
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

/** A child element that counts only where it has this attribute. */
function said<T>(attribute: string, type: ElementType<T>): Row<T, true> {
  const inner = optChild(type);
  return special<T>((key) => {
    const bound = inner.bind(key);
    return {
      ...bound,
      read(node, target, context) {
        const child = childOf(node, matchedTag(type.tag));
        if (child !== undefined && attributeOf(child, attribute) !== undefined) bound.read?.(node, target, context);
      },
    };
  });
}

const gicRows = { version: optAttr(oneOf('none', '2', '3', 'host'), { omit: 'none' }) };
export interface GicFeature extends FieldsOf<typeof gicRows> {}
const smmRows = { ...defaultOnRows, tseg: size({ pretty: true, path: 'string(./features/smm/tseg)', unit: 'MiB' }) };
/** `tseg` in KiB. */
export interface SmmFeature extends FieldsOf<typeof smmRows> {}
/** Memory of what is switched off. */
function dropSize(value: SmmFeature): void {
  if (value.state === false) delete value.tseg;
}
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
const tcgRows = { ...within('tb-cache', { tbCache: sizeContent('./tb-cache') }) };
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
  hyperv: optChild(
    element<HypervFeatures>('hyperv', hypervRows, {
      open: true,
      refine: hypervOnly(
        'relaxed vapic spinlocks vpindex runtime synic stimer reset vendor_id frequencies reenlightenment tlbflush ipi evmcs avic emsr_bitmap xmm_input',
        'unsupported HyperV Enlightenment feature: $',
      ),
    }),
  ),
  kvm: optChild(
    element<KvmFeatures>('kvm', kvmRows, {
      open: true,
      refine: onlyKnown('hidden hint-dedicated poll-control pv-ipi dirty-ring', 'unsupported KVM feature: $'),
    }),
  ),
  pvspinlock: stateOrOn('pvspinlock'),
  capabilities: optChild(element<ContainerCapabilities>('capabilities', capabilitiesRows)),
  pmu: stateOrOn('pmu'),
  vmport: stateOrOn('vmport'),
  gic: optChild(element<GicFeature>('gic', gicRows)),
  smm: optChild(element<SmmFeature>('smm', smmRows, { refine: dropSize })),
  ioapic: said('driver', element<IoapicFeature>('ioapic', ioapicRows)),
  hpt: optChild(element<HptFeature>('hpt', hptRows, { omitEmpty: true })),
  vmcoreinfo: stateOrOn('vmcoreinfo'),
  htm: state('htm'),
  nestedHv: state('nested-hv'),
  msrs: optChild(element<MsrsFeature>('msrs', msrsRows)),
  ccfAssist: state('ccf-assist'),
  xen: optChild(element<XenFeatures>('xen', xenRows, { open: true })),
  cfpc: said('value', element<CfpcFeature>('cfpc', cfpcRows)),
  sbbc: said('value', element<CfpcFeature>('sbbc', cfpcRows)),
  ibs: said('value', element<IbsFeature>('ibs', ibsRows)),
  tcg: optChild(element<TcgFeature>('tcg', tcgRows)),
  asyncTeardown: said('enabled', element<AsyncTeardown>('async-teardown', teardownRows)),
  ras: state('ras'),
  ps2: state('ps2'),
  aia: said('value', element<AiaFeature>('aia', aiaRows)),
};
/** `<features>` */
export interface Features extends FieldsOf<typeof featuresRows> {}
export const features = element<Features>('features', featuresRows, {
  omitEmpty: true,
  refine: onlyKnown(
    'acpi apic pae hap viridian privnet hyperv kvm pvspinlock capabilities pmu vmport gic smm ioapic hpt vmcoreinfo htm nested-hv msrs ccf-assist xen cfpc sbbc ibs tcg async-teardown ras ps2 aia',
    "unexpected feature '$'",
  ),
});
