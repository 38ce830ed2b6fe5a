import { forwardModes } from '../forward-modes.js';
import { dnsShape, ipShape } from './address-shapes.js';
import {
  bandwidthShape,
  driverShape,
  manyPortGroups,
  pciAddressAttributes,
  portOptionsShape,
  routeShape,
  virtualPortShape,
  vlanShape,
} from './connection-shapes.js';
import * as kind from './kinds.js';
import { many, maybe, one, optional, required, type Shape } from './shape.js';

const device: Shape = { attributes: { dev: required(kind.deviceName), connections: optional(kind.unsignedInt) } };
const address: Shape = {
  attributes: { type: required(kind.words('pci')), ...pciAddressAttributes, connections: optional(kind.unsignedInt) },
};
const nat: Shape = {
  attributes: { ipv6: optional(kind.yesOrNo) },
  children: {
    address: maybe({ attributes: { start: required(kind.ipv4), end: required(kind.ipv4) } }),
    port: maybe({ attributes: { start: required(kind.port), end: required(kind.port) } }),
  },
};
const forward: Shape = {
  attributes: {
    dev: optional(kind.deviceName),
    mode: optional(kind.words(...forwardModes.filter((mode) => mode !== 'none'))),
    managed: optional(kind.yesOrNo),
  },
  children: {
    interface: many(device),
    address: many(address),
    pf: maybe({ attributes: { dev: required(kind.deviceName) } }),
    driver: maybe(driverShape),
    nat: maybe(nat),
  },
};
const bridge: Shape = {
  attributes: {
    name: optional(kind.deviceName),
    zone: optional(kind.zoneName),
    stp: optional(kind.onOrOff),
    delay: optional(kind.numberIn(0, 2 ** 64)),
    macTableManager: optional(kind.words('kernel', 'libvirt')),
  },
};
const domain: Shape = {
  attributes: {
    name: required(kind.dnsName),
    localOnly: optional(kind.yesOrNo),
    register: optional(kind.yesOrNo),
  },
};
const dnsmasq = '{http://libvirt.org/schemas/network/dnsmasq/1.0}';

/** What `--validate` accepts as a network. */
export const networkShape: Shape = {
  attributes: {
    connections: optional(kind.unsignedInt),
    ipv6: optional(kind.yesOrNo),
    trustGuestRxFilters: optional(kind.yesOrNo),
  },
  children: {
    name: one({ text: kind.anything }),
    title: maybe({ text: kind.oneLine }),
    description: maybe({ text: kind.anything }),
    metadata: maybe({ open: true }),
    uuid: maybe({ text: kind.uuid }),
    bridge: maybe(bridge),
    mtu: maybe({ attributes: { size: required(kind.unsignedShort) } }),
    mac: maybe({ attributes: { address: required(kind.unicastMac) } }),
    forward: maybe(forward),
    virtualport: maybe(virtualPortShape),
    portgroup: manyPortGroups,
    domain: maybe(domain),
    dns: maybe(dnsShape),
    bandwidth: maybe(bandwidthShape),
    vlan: maybe(vlanShape),
    port: maybe(portOptionsShape),
    ip: many(ipShape),
    route: many(routeShape),
    [`${dnsmasq}options`]: maybe({
      children: { [`${dnsmasq}option`]: many({ attributes: { value: required(kind.anything) } }) },
    }),
  },
};
