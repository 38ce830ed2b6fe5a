import { attributeOf, type XmlNode } from '@virtkit/xml';
import * as kind from './kinds.js';
import { many, maybe, one, optional, required, type Shape, some } from './shape.js';

/** Shapes of what networks, port groups and ports share. */

const qbg = {
  managerid: optional(kind.uint8),
  typeid: optional(kind.uint24),
  typeidversion: optional(kind.uint8),
  instanceid: optional(kind.uuid),
};
const profileid = { profileid: optional(kind.profile) };
const interfaceid = { interfaceid: optional(kind.uuid) };
const parameters = (attributes: NonNullable<Shape['attributes']>) => ({ parameters: maybe({ attributes }) });

const virtualPorts: Readonly<Record<string, NonNullable<Shape['children']>>> = {
  '802.1Qbg': parameters(qbg),
  '802.1Qbh': parameters(profileid),
  openvswitch: parameters({ ...profileid, ...interfaceid }),
  midonet: { parameters: one({ attributes: { interfaceid: required(kind.uuid) } }) },
};

/** The parameters depend on the type. */
export function virtualPortShape(node: XmlNode): Shape {
  const type = attributeOf(node, 'type');
  const children =
    type === undefined ? parameters({ ...qbg, ...profileid, ...interfaceid }) : (virtualPorts[type] ?? {});
  return { attributes: { type: optional(kind.words(...Object.keys(virtualPorts))) }, children };
}

const rate: Shape = {
  attributes: {
    average: optional(kind.speed),
    peak: optional(kind.speed),
    floor: optional(kind.speed),
    burst: optional(kind.burst),
  },
};
export const bandwidthShape: Shape = {
  attributes: { classID: optional(kind.positive) },
  children: { inbound: maybe(rate), outbound: maybe(rate) },
};

const tag: Shape = {
  attributes: { id: required(kind.numberIn(0, 4095)), nativeMode: optional(kind.words('tagged', 'untagged')) },
};
export const vlanShape: Shape = { attributes: { trunk: optional(kind.words('yes')) }, children: { tag: some(tag) } };

export const portOptionsShape: Shape = { attributes: { isolated: optional(kind.yesOrNo) } };

export const pciAddressAttributes = {
  domain: optional(kind.uint32),
  bus: optional(kind.uint8),
  slot: optional(kind.pciSlot),
  function: optional(kind.pciFunction),
  multifunction: optional(kind.onOrOff),
};
export const driverShape: Shape = {
  attributes: { name: optional(kind.words('kvm', 'vfio', 'xen')), model: optional(kind.genericName) },
};

export const routeShape: Shape = {
  attributes: {
    family: optional(kind.words('ipv4', 'ipv6')),
    address: required(kind.ip),
    netmask: optional(kind.ipv4),
    prefix: optional(kind.prefix),
    gateway: required(kind.ip),
    metric: optional(kind.unsignedInt),
  },
  exclusive: [['netmask', 'prefix']],
};

/** A group of settings for ports. */
const portGroupShape: Shape = {
  attributes: {
    name: required(kind.deviceName),
    default: optional(kind.yesOrNo),
    trustGuestRxFilters: optional(kind.yesOrNo),
  },
  children: { virtualport: maybe(virtualPortShape), bandwidth: maybe(bandwidthShape), vlan: maybe(vlanShape) },
};
export const manyPortGroups = many(portGroupShape);
