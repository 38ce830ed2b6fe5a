import {
  attr,
  element,
  type FieldsOf,
  lifted,
  list,
  mac,
  oneOf,
  onOff,
  only,
  optAttr,
  optChild,
  optText,
  place,
  text,
  uint,
  uint64,
  uuid,
  virtual,
  type VariantsOf,
  within,
  yesNo,
} from '@virtkit/xml';
import { errorsFrom } from '../../errors/virt-error.js';
import { refuse } from '../../values/failures.js';
import { bootableDeviceInfo, virtioOptions } from '../device-info.js';
import { bandwidth } from './bandwidth.js';
import { backendDomain } from './disk.js';
import { ipSetting, routeSetting } from './ip-settings.js';
import { virtualPort, vlan } from './virtual-port.js';
import { hostPciAddress } from './pci-source.js';

const domainError = errorsFrom('DOMAIN');

const reconnectRows = { enabled: attr(yesNo), timeout: optAttr(uint()) };
export interface InterfaceReconnect extends FieldsOf<typeof reconnectRows> {}
const hostSide = { ips: list(ipSetting), routes: list(routeSetting) };

const portRows = {
  start: attr(uint({ max: 65535 })),
  end: optAttr(uint({ max: 65535 })),
  to: optAttr(uint({ max: 65535 })),
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

const socketRows = within('source', {
  address: optAttr(text),
  port: optAttr(uint()),
  ...within('local', { localAddress: optAttr(text, { as: 'address' }), localPort: optAttr(uint(), { as: 'port' }) }),
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
  server: socketRows,
  client: socketRows,
  mcast: socketRows,
  udp: socketRows,
  network: within('source', {
    network: optAttr(text),
    portid: only('live', optAttr(uuid)),
    portgroup: optAttr(text),
    bridge: only('live', optAttr(text)),
  }),
  bridge: within('source', { bridge: optAttr(text) }),
  internal: within('source', { name: optAttr(text) }),
  direct: within('source', {
    dev: optAttr(text),
    mode: optAttr(
      oneOf('vepa', 'private', 'bridge', 'passthrough'),
      refuse('INTERNAL_ERROR', "Unknown mode '$' in interface <source> element"),
    ),
  }),
  hostdev: hostdevTypeRows,
  vdpa: within('source', { dev: optAttr(text) }),
  null: {},
  vds: within('source', {
    switchid: optAttr(uuid),
    portid: optAttr(uint64),
    portgroupid: optAttr(text),
    connectionid: optAttr(uint64),
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
  queues: optAttr(uint()),
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
  tap: optAttr(text),
  vhost: optAttr(text),
  logFile: optAttr(text),
  hostname: optAttr(text),
  fqdn: optAttr(text),
};
/** Who moves the packets: devices of the host, or passt. */
export interface InterfaceBackend extends FieldsOf<typeof backendRows> {}

const macRows = {
  address: attr(mac, { invalid: (value) => domainError('XML_ERROR', `unable to parse mac address '${value}'`) }),
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
const modelRows = { type: attr(text) };
export interface InterfaceModel extends FieldsOf<typeof modelRows> {}
const filterParameterRows = { name: attr(text), value: attr(text) };
export interface FilterParameter extends FieldsOf<typeof filterParameterRows> {}
const filterrefRows = {
  filter: attr(text),
  parameters: list(element<FilterParameter>('parameter', filterParameterRows)),
};
/** `<filterref>` */
export interface FilterReference extends FieldsOf<typeof filterrefRows> {}
export const filterReference = element<FilterReference>('filterref', filterrefRows);
const teamingRows = { type: attr(oneOf('persistent', 'transient')), persistent: optAttr(text) };
export interface Teaming extends FieldsOf<typeof teamingRows> {}
export const teaming = element<Teaming>('teaming', teamingRows);
const mtuRows = { size: attr(uint()) };
export interface InterfaceMtu extends FieldsOf<typeof mtuRows> {}
const coalesceRows = {
  ...within('rx', { ...within('frames', { rxMaxFrames: optAttr(uint(), { as: 'max' }) }) }),
};
/** `<coalesce><rx><frames max=/></rx></coalesce>` */
export interface Coalesce extends FieldsOf<typeof coalesceRows> {}
const linkRows = { state: attr(oneOf('up', 'down')) };
export interface InterfaceLink extends FieldsOf<typeof linkRows> {}
const isolatedRows = { isolated: optAttr(yesNo) };
export interface InterfacePort extends FieldsOf<typeof isolatedRows> {}
const scriptRows = { path: attr(text) };
export interface InterfaceScript extends FieldsOf<typeof scriptRows> {}

const source = lifted<InterfaceSource>('source', 'type', kinds);

const interfaceRows = {
  source: source.tag,
  managed: optAttr(yesNo),
  trustGuestRxFilters: optAttr(yesNo),
  mac: optChild(element<InterfaceMac>('mac', macRows)),
  $source: source.body,
  vlan: optChild(vlan),
  virtualPort: optChild(virtualPort),
  bandwidth: optChild(bandwidth),
  port: optChild(element<InterfacePort>('port', isolatedRows, { omitEmpty: true })),
  ips: list(ipSetting),
  routes: list(routeSetting),
  portForwards: list(element<PortForward>('portForward', portForwardRows)),
  script: optChild(element<InterfaceScript>('script', scriptRows)),
  downscript: optChild(element<InterfaceScript>('downscript', scriptRows)),
  backendDomain: optChild(backendDomain),
  target: optChild(element<InterfaceTarget>('target', targetRows, { omitEmpty: true })),
  guest: optChild(element<InterfaceGuest>('guest', guestRows, { omitEmpty: true })),
  model: optChild(element<InterfaceModel>('model', modelRows)),
  driver: optChild(element<InterfaceDriver>('driver', driverRows, { omitEmpty: true })),
  backend: optChild(element<InterfaceBackend>('backend', backendRows, { omitEmpty: true })),
  filterref: optChild(filterReference),
  ...within('tune', { sndbuf: optText(uint64) }),
  mtu: optChild(element<InterfaceMtu>('mtu', mtuRows)),
  coalesce: optChild(element<Coalesce>('coalesce', coalesceRows, { omitEmpty: true })),
  link: optChild(element<InterfaceLink>('link', linkRows)),
  teaming: optChild(teaming),
  ...bootableDeviceInfo,
  status: place('network'),
};
/** `<interface>` */
export interface NetworkInterface extends FieldsOf<typeof interfaceRows> {}
export const networkInterface = element<NetworkInterface>('interface', interfaceRows);
