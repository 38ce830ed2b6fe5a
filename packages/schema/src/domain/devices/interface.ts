import {
  attr,
  element,
  type FieldsOf,
  int,
  int64,
  lifted,
  list,
  mac,
  oneOf,
  only,
  onOff,
  optAttr,
  optChild,
  optText,
  place,
  type Scalar,
  special,
  text,
  uint,
  uint64,
  uuid,
  type VariantsOf,
  virtual,
  type WriteContext,
  within,
  yesNo,
} from '@virtkit/xml';
import { errorsFrom } from '../../errors/virt-error.js';
import { portBandwidth } from '../../network/bandwidth.js';
import { virtualPort } from '../../network/virtual-port.js';
import { vlan } from '../../network/vlan.js';
import { refuse, unsupported } from '../../values/failures.js';
import { bootableDeviceInfo, virtioOptions } from '../device-info.js';
import { backendDomain } from './disk.js';
import { ipSetting, routeSetting } from './ip-settings.js';
import { hostPciAddress } from './pci-source.js';
import { absolutePath } from '../../values/paths.js';

const domainError = errorsFrom('DOMAIN');

const reconnectRows = { enabled: attr(yesNo), timeout: optAttr(uint()) };
export interface InterfaceReconnect extends FieldsOf<typeof reconnectRows> {}
const hostSide = { ips: list(ipSetting), routes: list(routeSetting) };

const portRows = {
  start: optAttr(uint(), { omit: 0 }),
  end: optAttr(uint(), { omit: 0 }),
  to: optAttr(uint(), { omit: 0 }),
  exclude: optAttr(yesNo),
};
export interface PortRange extends FieldsOf<typeof portRows> {}
const portForwardRows = {
  proto: attr(oneOf('tcp', 'udp')),
  address: optAttr(text),
  dev: optAttr(text),
  ranges: list(element<PortRange>('range', portRows)),
};
/** Ports of the host that lead into the guest. */
export interface PortForward extends FieldsOf<typeof portForwardRows> {}

const socketPort = attr(int());
const socketRows = within('source', { address: attr(text), port: socketPort });
const serverRows = within('source', { address: optAttr(text), port: socketPort });
const udpRows = within('source', {
  address: attr(text),
  port: socketPort,
  ...within('local', { localAddress: attr(text, { as: 'address' }), localPort: attr(int(), { as: 'port' }) }),
});
const hostdevTypeRows = within('source', { address: optChild(hostPciAddress) });
const user = within('source', { dev: optAttr(text), ...hostSide });

const kinds = {
  user,
  ethernet: within('source', { ...hostSide }),
  vhostuser: within('source', {
    $type: virtual({
      attributes: (source) => (source['path'] === undefined ? '' : ` type='unix'`),
      known: () => ({ attributes: ['type'] }),
    }),
    path: optAttr(text),
    mode: optAttr(oneOf('server', 'client')),
    dev: optAttr(text),
    reconnect: optChild(element<InterfaceReconnect>('reconnect', reconnectRows)),
  }),
  server: serverRows,
  client: socketRows,
  mcast: socketRows,
  udp: udpRows,
  network: within('source', {
    network: attr(text),
    portid: only('live', optAttr(uuid)),
    portgroup: optAttr(text),
    bridge: only('live', optAttr(text)),
  }),
  bridge: within('source', { bridge: attr(text) }),
  internal: within('source', { name: attr(text) }),
  direct: within('source', {
    dev: attr(text),
    mode: attr(oneOf('vepa', 'private', 'bridge', 'passthrough'), { default: 'vepa' }),
  }),
  hostdev: hostdevTypeRows,
  vdpa: within('source', { dev: attr(text) }),
  null: {},
  vds: within('source', {
    switchid: attr(uuid),
    portid: optAttr(int64),
    portgroupid: attr(text),
    connectionid: optAttr(int64),
  }),
};
/** What an interface is connected to, by its type. */
export type InterfaceSource = VariantsOf<'type', typeof kinds>;
export type InterfaceType = InterfaceSource['type'];
export type InterfaceSourceOf<T extends InterfaceType> = Extract<InterfaceSource, { type: T }>;

const offloads = {
  csum: optAttr(onOff),
  gso: optAttr(onOff),
  tso4: optAttr(onOff),
  tso6: optAttr(onOff),
  ecn: optAttr(onOff),
  ufo: optAttr(onOff),
};
const hostOffloadRows = {
  csum: offloads.csum,
  gso: offloads.gso,
  tso4: offloads.tso4,
  tso6: offloads.tso6,
  ecn: offloads.ecn,
  ufo: offloads.ufo,
  mrgRxbuf: optAttr(onOff, { as: 'mrg_rxbuf' }),
};
export interface HostOffloads extends FieldsOf<typeof hostOffloadRows> {}
const guestOffloadRows = {
  csum: offloads.csum,
  tso4: offloads.tso4,
  tso6: offloads.tso6,
  ecn: offloads.ecn,
  ufo: offloads.ufo,
};
export interface GuestOffloads extends FieldsOf<typeof guestOffloadRows> {}

const driverRows = {
  name: optAttr(oneOf('vhost', 'qemu', 'vfio', 'kvm', 'xen')),
  txmode: optAttr(oneOf('iothread', 'timer')),
  ioeventfd: optAttr(onOff),
  eventIdx: optAttr(onOff, { as: 'event_idx' }),
  queues: optAttr(uint(), { omit: 0 }),
  rxQueueSize: optAttr(uint(), { as: 'rx_queue_size', omit: 0 }),
  txQueueSize: optAttr(uint(), { as: 'tx_queue_size', omit: 0 }),
  rss: optAttr(onOff),
  rssHashReport: optAttr(onOff, { as: 'rss_hash_report' }),
  ...virtioOptions,
  host: optChild(element<HostOffloads>('host', hostOffloadRows, { omitEmpty: true })),
  guest: optChild(element<GuestOffloads>('guest', guestOffloadRows, { omitEmpty: true })),
};
/** `<driver>` of an interface. */
export interface InterfaceDriver extends FieldsOf<typeof driverRows> {}

const backendRows = {
  type: optAttr(oneOf('default', 'passt'), { omit: 'default' }),
  tap: optAttr(absolutePath),
  vhost: optAttr(absolutePath),
  logFile: optAttr(absolutePath),
  hostname: optAttr(text),
  fqdn: optAttr(text),
};
/** Who moves the packets: devices of the host, or passt. */
export interface InterfaceBackend extends FieldsOf<typeof backendRows> {}

/** Multicast addresses belong to no interface. */
const unicastMac: Scalar<string> = {
  parse(value) {
    const address = mac.parse(value);
    if (address !== undefined && (Number.parseInt(address.slice(0, 2), 16) & 1) === 1) {
      throw domainError('XML_ERROR', `expected unicast mac address, found multicast '${address}'`);
    }
    return address;
  },
  format: (value) => value,
};
const macRows = {
  address: attr(unicastMac, { default: '', ...refuse('XML_ERROR', "unable to parse mac address '$'") }),
  type: optAttr(oneOf('generated', 'static')),
  check: optAttr(yesNo),
};
/** `<mac>` */
export interface InterfaceMac extends FieldsOf<typeof macRows> {}
const targetRows = { dev: optAttr(text), managed: optAttr(yesNo) };
/** `<target>`: the name on the host; names libvirt made are of running guests only. */
export interface InterfaceTarget extends FieldsOf<typeof targetRows> {}
const guestRows = { dev: optAttr(text), actual: only('live', optAttr(text)) };
export interface InterfaceGuest extends FieldsOf<typeof guestRows> {}
const modelRows = { type: attr(text, { default: '' }) };
export interface InterfaceModel extends FieldsOf<typeof modelRows> {}
const filterParameterRows = { name: attr(text, { default: '' }), value: attr(text, { default: '' }) };
export interface FilterParameter extends FieldsOf<typeof filterParameterRows> {}
const filterrefRows = {
  filter: attr(text, { default: '' }),
  parameters: list(element<FilterParameter>('parameter', filterParameterRows)),
};
/** `<filterref>` */
export interface FilterReference extends FieldsOf<typeof filterrefRows> {}
const filterReference = element<FilterReference>('filterref', filterrefRows, {
  refine: (value) => {
    value.parameters = value.parameters.filter(({ name, value: text }) => name !== '' && text !== '');
    value.parameters.sort((a, b) => (a.name < b.name ? -1 : 1));
  },
});
const teamingRows = {
  type: optAttr(oneOf('persistent', 'transient'), unsupported("unknown teaming type '$'")),
  persistent: optAttr(text),
};
export interface Teaming extends FieldsOf<typeof teamingRows> {}
export const teaming = element<Teaming>('teaming', teamingRows, { omitEmpty: true });
const mtuRows = { size: optAttr(uint(), { omit: 0, ...refuse('XML_ERROR', 'malformed mtu size') }) };
export interface InterfaceMtu extends FieldsOf<typeof mtuRows> {}
const coalesceRows = {
  ...within('rx', {
    ...within('frames', {
      rxMaxFrames: optAttr(uint(), {
        as: 'max',
        omit: 0,
        ...refuse('XML_DETAIL', "cannot parse value '$' for coalesce parameter"),
      }),
    }),
  }),
};
/** `<coalesce><rx><frames max=/></rx></coalesce>` */
export interface Coalesce extends FieldsOf<typeof coalesceRows> {}
const linkRows = { state: optAttr(oneOf('up', 'down'), unsupported("unknown interface link state '$'")) };
export interface InterfaceLink extends FieldsOf<typeof linkRows> {}
const isolatedRows = { isolated: optAttr(yesNo) };
export interface InterfacePort extends FieldsOf<typeof isolatedRows> {}
const scriptRows = { path: optAttr(text) };
export interface InterfaceScript extends FieldsOf<typeof scriptRows> {}

/** A word libvirt doesn't know counts as no. */
const loose = (scalar: Scalar<boolean>): Scalar<boolean> => ({
  ...scalar,
  parse: (value) => scalar.parse(value) ?? false,
});

const source = lifted<InterfaceSource>('source', 'type', kinds, { default: 'user' });

const driverElement = element<InterfaceDriver>('driver', driverRows, { omitEmpty: true });
/** Of a device of the host the driver stands before the source, and only its name counts. */
const driverText = (entry: NetworkInterface, early: boolean, indent: string, context: WriteContext): string => {
  const isHostdev = entry.source.type === 'hostdev';
  if (entry.driver === undefined || isHostdev !== early) return '';
  return driverElement.write(isHostdev ? { name: entry.driver.name } : entry.driver, indent, context);
};
const readDriver = optChild(driverElement);
const driver = special<InterfaceDriver>((key) => ({
  ...readDriver.bind(key),
  body: (entry, indent, context) => driverText(entry as unknown as NetworkInterface, false, indent, context),
}));

export const interfaceRows = {
  source: source.tag,
  managed: optAttr(loose(yesNo), { omit: false }),
  trustGuestRxFilters: optAttr(yesNo),
  mac: optChild(element<InterfaceMac>('mac', macRows)),
  $hostDriver: virtual({
    body: (entry, indent, context) => driverText(entry as unknown as NetworkInterface, true, indent, context),
  }),
  $source: source.body,
  vlan: optChild(vlan),
  virtualPort: optChild(virtualPort),
  bandwidth: optChild(portBandwidth),
  port: optChild(element<InterfacePort>('port', isolatedRows, { omitEmpty: true })),
  ips: list(ipSetting),
  routes: list(routeSetting),
  portForwards: list(element<PortForward>('portForward', portForwardRows)),
  script: optChild(element<InterfaceScript>('script', scriptRows, { omitEmpty: true })),
  downscript: optChild(element<InterfaceScript>('downscript', scriptRows, { omitEmpty: true })),
  backendDomain: optChild(backendDomain),
  target: optChild(element<InterfaceTarget>('target', targetRows, { omitEmpty: true })),
  guest: optChild(element<InterfaceGuest>('guest', guestRows, { omitEmpty: true })),
  model: optChild(element<InterfaceModel>('model', modelRows)),
  driver,
  backend: optChild(element<InterfaceBackend>('backend', backendRows, { omitEmpty: true })),
  filterref: optChild(filterReference),
  ...within('tune', { sndbuf: optText(uint64, refuse('XML_ERROR', 'sndbuf must be a positive integer')) }),
  teaming: optChild(teaming),
  link: optChild(element<InterfaceLink>('link', linkRows, { omitEmpty: true })),
  mtu: optChild(element<InterfaceMtu>('mtu', mtuRows, { omitEmpty: true })),
  coalesce: optChild(element<Coalesce>('coalesce', coalesceRows, { omitEmpty: true })),
  ...bootableDeviceInfo,
  status: place('network'),
};
/** `<interface>` */
export interface NetworkInterface extends FieldsOf<typeof interfaceRows> {}
