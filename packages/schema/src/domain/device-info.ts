import {
  attr,
  attributeOf,
  childOf,
  element,
  type ElementType,
  type FieldsOf,
  hex,
  legacy,
  onOff,
  optAttr,
  optChild,
  type Row,
  type Scalar,
  special,
  text,
  uint,
  union,
  type VariantsOf,
  virtual,
  yesNo,
} from '@virtkit/xml';
import { errorsFrom } from '../errors/virt-error.js';
import { absolutePath } from '../values/paths.js';

const domainError = errorsFrom('DOMAIN');
const virtError = errorsFrom('NONE');

const zpci = element<Zpci>('zpci', { uid: optAttr(hex(4)), fid: optAttr(hex(8)) }, { omitEmpty: true });
/** Address of a PCI function on s390. */
export interface Zpci {
  uid?: number | undefined;
  fid?: number | undefined;
}

/** A part of a PCI address; what exceeds `max` is read, so that it can be refused by name. */
const pciNumber = (width: number, max: number): Row<number, false> =>
  attr({ ...hex(width), allowed: (value) => hex(width, { max }).parse(value) !== undefined }, { default: 0 });

const locationRows = {
  domain: pciNumber(4, 0xffff),
  bus: pciNumber(2, 0xff),
  slot: pciNumber(2, 0x1f),
  function: pciNumber(1, 7),
};
/** Where a PCI function is. */
export interface PciLocation extends FieldsOf<typeof locationRows> {}

/** No place is chosen yet: written without numbers. */
export const isEmptyPci = ({ domain, bus, slot }: PciLocation): boolean => domain === 0 && bus === 0 && slot === 0;

const digits = (value: number, width: number): string => `0x${value.toString(16).padStart(width, '0')}`;
const locationText = ({ domain, bus, slot, function: fn }: PciLocation): string =>
  ` domain='${digits(domain, 4)}' bus='${digits(bus, 2)}' slot='${digits(slot, 2)}' function='${digits(fn, 1)}'`;

const pciRows = {
  domain: legacy(locationRows.domain),
  bus: legacy(locationRows.bus),
  slot: legacy(locationRows.slot),
  function: legacy(locationRows.function),
  $location: virtual({
    attributes: (source) => {
      const location = source as unknown as PciLocation; // the rows above are its fields
      return isEmptyPci(location) ? '' : locationText(location);
    },
  }),
  multifunction: optAttr(onOff),
  zpci: optChild(zpci),
};

const usbPort = {
  parse: (value: string): string | undefined => (/^\d{1,10}(\.\d{1,10}){0,3}$/.test(value) ? value : undefined),
  format: (value: string): string => value,
};
const portFailure = { invalid: () => domainError('INTERNAL_ERROR', "Cannot parse <address> 'port' attribute") };

const wideRegister = hex(8, { max: Number.MAX_SAFE_INTEGER });
const addresses = {
  pci: pciRows,
  drive: {
    controller: attr(uint(), { default: 0 }),
    bus: attr(uint(), { default: 0 }),
    target: attr(uint(), { default: 0 }),
    unit: attr(uint(), { default: 0 }),
  },
  'virtio-serial': {
    controller: attr(uint(), { default: 0 }),
    bus: attr(uint(), { default: 0 }),
    port: attr(uint(), { default: 0 }),
  },
  ccid: { controller: attr(uint(), { default: 0 }), slot: attr(uint(), { default: 0 }) },
  usb: { bus: attr(uint(), { default: 0 }), port: optAttr(usbPort, portFailure) },
  'spapr-vio': { reg: optAttr({ ...wideRegister, allowed: (value) => hex(8).parse(value) !== undefined }) },
  'virtio-s390': {},
  ccw: { cssid: optAttr(hex(1)), ssid: optAttr(hex(1)), devno: optAttr(hex(4)) },
  'virtio-mmio': {},
  isa: { iobase: optAttr(hex(1)), irq: optAttr(hex(1)) },
  dimm: { slot: attr(uint(), { default: 0 }), base: optAttr(hex(1, { max: Number.MAX_SAFE_INTEGER })) },
  unassigned: {},
};

/** Where a device is attached, by kind of bus. */
export type DeviceAddress = VariantsOf<'type', typeof addresses>;
export type DeviceAddressType = DeviceAddress['type'];
export type DeviceAddressOf<T extends DeviceAddressType> = Extract<DeviceAddress, { type: T }>;
export type PciAddress = DeviceAddressOf<'pci'>;
export type DriveAddress = DeviceAddressOf<'drive'>;
export type UsbAddress = DeviceAddressOf<'usb'>;

const deviceAddress = union<DeviceAddress>('address', 'type', addresses, {
  refine: (address) => {
    if (address.type === 'pci' && !isEmptyPci(address)) checkPciLocation(address);
  },
});

/** Throws libvirt's error for numbers no PCI bus has. */
export function checkPciLocation({ domain, bus, slot, function: fn }: PciLocation): void {
  const fail = (text: string): never => {
    throw virtError('XML_ERROR', `Invalid PCI address ${text}`);
  };
  if (domain > 0xffff) fail(`domain='0x${domain.toString(16)}', must be <= 0xFFFF`);
  if (bus > 0xff) fail(`bus='0x${bus.toString(16)}', must be <= 0xFF`);
  if (slot > 0x1f) fail(`slot='0x${slot.toString(16)}', must be <= 0x1F`);
  if (fn > 7) fail(`function=0x${fn.toString(16)}, must be <= 7`);
}

const sourceLocationRows = { ...locationRows, multifunction: optAttr(onOff), zpci: optChild(zpci) };
/** A PCI address without `type`, as it stands in sources: `<address domain= bus= slot= function=/>`. */
export interface PciSourceAddress extends FieldsOf<typeof sourceLocationRows> {}
export const pciSourceAddress = element<PciSourceAddress>('address', sourceLocationRows);

/** What an s390 guest is told to load; upper case. */
const loadparm: Scalar<string> = {
  parse(value) {
    const upper = value.toUpperCase();
    if (upper.length < 1 || upper.length > 8) {
      throw domainError('INTERNAL_ERROR', `loadparm value '${upper}' must be between 1 and 8 characters`);
    }
    return upper;
  },
  format: (value) => value,
  allowed: (value) => /^[a-zA-Z0-9. ]{1,8}$/.test(value),
};

const bootRows = {
  order: attr(uint({ min: 1 })),
  loadparm: optAttr(loadparm),
};
export interface DeviceBoot extends FieldsOf<typeof bootRows> {}
const boot = element<DeviceBoot>('boot', bootRows);

const romRows = { enabled: optAttr(yesNo), bar: optAttr(onOff), file: optAttr(absolutePath) };
/** Option ROM of a PCI device. */
export interface DeviceRom extends FieldsOf<typeof romRows> {}
const rom = element<DeviceRom>('rom', romRows, {
  omitEmpty: true,
  refine: ({ enabled, bar, file }) => {
    if (enabled === false && (bar !== undefined || file !== undefined)) {
      throw domainError('CONFIG_UNSUPPORTED', 'ROM tuning is not supported when ROM is disabled');
    }
  },
});

const acpiRows = { index: optAttr(uint({ min: 1 })) };
export interface DeviceAcpi extends FieldsOf<typeof acpiRows> {}
const acpi = element<DeviceAcpi>('acpi', acpiRows, { omitEmpty: true });

const masterRows = { startport: attr(uint(), { default: 0 }) };
/** Companion of a USB controller. */
export interface UsbMaster extends FieldsOf<typeof masterRows> {}
const master = element<UsbMaster>('master', masterRows);

/** Aliases given by users start so; they are kept in definitions, others belong to the running guest. */
const USER_ALIAS = 'ua-';
export const isUserAlias = (alias: string): boolean => alias.startsWith(USER_ALIAS);

const alias: Row<string, true> = special<string>((key) => ({
  read(node, target, { live }) {
    const child = childOf(node, key);
    const name = child === undefined ? undefined : attributeOf(child, 'name');
    if (name !== undefined && (live === true || isUserAlias(name))) target[key] = name;
  },
  body(source, indent, { live }) {
    const name = source[key] as string | undefined;
    if (name === undefined || !(live === true || isUserAlias(name))) return '';
    return aliasElement.write({ name }, indent, {});
  },
  known: () => ({ children: [['alias', undefined]] }),
}));
const aliasElement: ElementType<{ name: string }> = element('alias', { name: attr(text) });

/** Rows all devices share, in their order in the document; `boot` is for devices a guest can boot from. */
export const deviceInfo = {
  alias,
  master: optChild(master),
  rom: optChild(rom),
  acpi: optChild(acpi),
  address: optChild(deviceAddress),
};
export interface DeviceInfo extends FieldsOf<typeof deviceInfo> {}

/** As `deviceInfo`, for devices a guest can boot from. */
export const bootableDeviceInfo = { boot: optChild(boot), ...deviceInfo };
export interface BootableDeviceInfo extends FieldsOf<typeof bootableDeviceInfo> {}

/** Options of a virtio device's driver, in order. */
export const virtioOptions = {
  iommu: optAttr(onOff),
  ats: optAttr(onOff),
  packed: optAttr(onOff),
  pagePerVq: optAttr(onOff, { as: 'page_per_vq' }),
};
export interface VirtioOptions extends FieldsOf<typeof virtioOptions> {}
/** `<driver iommu= ats= packed= page_per_vq=/>` of devices that have nothing else there. */
export const virtioDriver = element<VirtioOptions>('driver', virtioOptions, { omitEmpty: true });
