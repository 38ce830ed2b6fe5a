import {
  attr,
  element,
  type FieldsOf,
  flag,
  hex,
  lifted,
  list,
  oneOf,
  only,
  onOff,
  optAttr,
  optChild,
  optText,
  place,
  text,
  uint,
  uint64,
  uuid,
  type VariantsOf,
  within,
  yesNo,
} from '@virtkit/xml';
import { missing, refuse } from '../../values/failures.js';
import { bootableDeviceInfo, pciSourceAddress } from '../device-info.js';
import { teaming } from './interface.js';
import { ipSetting, routeSetting } from './ip-settings.js';
import { storageAuth } from './storage-secret.js';
import { storageHost, storageInitiator } from './storage-source.js';

const driverRows = { name: optAttr(oneOf('kvm', 'vfio', 'xen')), model: optAttr(text), iommufd: optAttr(yesNo) };
/** Who drives a PCI function on the host. */
export interface HostdevDriver extends FieldsOf<typeof driverRows> {}

const usbIdRows = { id: attr(hex(4, { min: 1 })) };
export interface UsbId extends FieldsOf<typeof usbIdRows> {}
const usbAddressRows = {
  bus: attr(uint({ anyBase: true })),
  device: attr(uint({ anyBase: true })),
  port: optAttr(text),
};
export interface HostUsbAddress extends FieldsOf<typeof usbAddressRows> {}
const scsiAddressRows = { bus: attr(uint()), target: attr(uint()), unit: attr(uint64) };
export interface HostScsiAddress extends FieldsOf<typeof scsiAddressRows> {}
const adapterRows = { name: attr(text) };
export interface ScsiAdapter extends FieldsOf<typeof adapterRows> {}
const mdevAddressRows = {
  uuid: attr(uuid, {
    ...missing('CONFIG_UNSUPPORTED', "Missing 'uuid' attribute for element <address>"),
    ...refuse('INTERNAL_ERROR', 'Cannot parse uuid attribute of element <address>'),
  }),
};
export interface MdevAddress extends FieldsOf<typeof mdevAddressRows> {}

const kinds = {
  usb: within('source', {
    startupPolicy: optAttr(oneOf('mandatory', 'requisite', 'optional')),
    guestReset: optAttr(oneOf('off', 'uninitialized', 'on')),
    missing: only('live', optAttr(yesNo)),
    vendor: optChild(element<UsbId>('vendor', usbIdRows)),
    product: optChild(element<UsbId>('product', usbIdRows)),
    address: optChild(element<HostUsbAddress>('address', usbAddressRows)),
  }),
  pci: within('source', {
    writeFiltering: optAttr(yesNo),
    address: optChild(pciSourceAddress),
  }),
  scsi: within('source', {
    protocol: optAttr(oneOf('iscsi')),
    name: optAttr(text),
    adapter: optChild(element<ScsiAdapter>('adapter', adapterRows)),
    address: optChild(element<HostScsiAddress>('address', scsiAddressRows)),
    hosts: list(storageHost),
    auth: optChild(storageAuth),
    initiator: optChild(storageInitiator),
    status: place('storageSource'),
  }),
  scsi_host: within('source', {
    protocol: attr(oneOf('vhost')),
    wwpn: optAttr(text),
  }),
  mdev: within('source', { address: optChild(element<MdevAddress>('address', mdevAddressRows)) }),
  storage: within('source', { block: optText(text) }),
  misc: within('source', { char: optText(text) }),
  net: within('source', { interface: optText(text) }),
};
/** The device of the host, by its type; `storage`, `misc` and `net` are for containers. */
export type HostdevSource = VariantsOf<'type', typeof kinds>;
const source = lifted<HostdevSource>('source', 'type', kinds);

/** Another word counts as no. */
const looseYes = { ...yesNo, parse: (value: string) => value === 'yes' };

export const hostdevRows = {
  mode: attr(oneOf('subsystem', 'capabilities'), { default: 'subsystem' }),
  source: source.tag,
  managed: optAttr(looseYes),
  sgio: optAttr(oneOf('filtered', 'unfiltered')),
  rawio: optAttr(yesNo),
  model: optAttr(oneOf('vfio-pci', 'vfio-ccw', 'vfio-ap', 'virtio', 'virtio-transitional', 'virtio-non-transitional')),
  display: optAttr(onOff),
  ramfb: optAttr(onOff),
  driver: optChild(element<HostdevDriver>('driver', driverRows, { omitEmpty: true })),
  $source: source.body,
  ips: list(ipSetting),
  routes: list(routeSetting),
  teaming: optChild(teaming),
  readonly: flag(),
  shareable: flag(),
  ...bootableDeviceInfo,
  status: place('hostdev'),
};
/** `<hostdev>` */
export interface Hostdev extends FieldsOf<typeof hostdevRows> {}
