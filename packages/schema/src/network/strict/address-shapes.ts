import { attributeOf, type XmlNode } from '@virtkit/xml';
import * as kind from './kinds.js';
import { many, maybe, optional, required, type Shape, some } from './shape.js';

/** Shapes of addresses, and of what is served there. */

const lease: Shape = {
  attributes: { expiry: required(kind.unsignedLong), unit: optional(kind.words('seconds', 'minutes', 'hours')) },
};
const leases = { lease: maybe(lease) };
const range: Shape = { attributes: { start: required(kind.ip), end: required(kind.ip) }, children: leases };

/** Known by hardware address or by identifier, with or without name, or by name alone. */
function host(node: XmlNode): Shape {
  const named = attributeOf(node, 'mac') === undefined && attributeOf(node, 'id') === undefined;
  return {
    attributes: {
      mac: optional(kind.unicastMac),
      id: optional(kind.duid),
      name: named ? required(kind.anything) : optional(kind.anything),
      ip: required(kind.ip),
    },
    children: leases,
    exclusive: [['mac', 'id']],
  };
}

const bootp: Shape = { attributes: { file: required(kind.oneLine), server: optional(kind.dnsName) } };
const dhcp: Shape = { children: { range: many(range), host: many(host), bootp: maybe(bootp) } };

export const ipShape: Shape = {
  attributes: {
    address: optional(kind.ip),
    netmask: optional(kind.ipv4),
    prefix: optional(kind.prefix),
    family: optional(kind.words('ipv4', 'ipv6')),
    localPtr: optional(kind.yesOrNo),
  },
  children: { tftp: maybe({ attributes: { root: required(kind.anything) } }), dhcp: maybe(dhcp) },
  exclusive: [['netmask', 'prefix']],
};

const srv: Shape = {
  attributes: {
    service: required(kind.anything),
    protocol: required(kind.words('tcp', 'udp')),
    domain: optional(kind.dnsName),
    target: optional(kind.anything),
    port: optional(kind.unsignedShort),
    priority: optional(kind.unsignedShort),
    weight: optional(kind.unsignedShort),
  },
};
const dnsHost: Shape = {
  attributes: { ip: required(kind.ip) },
  children: { hostname: some({ text: kind.dnsName }) },
};
export const dnsShape: Shape = {
  attributes: { enable: optional(kind.yesOrNo), forwardPlainNames: optional(kind.yesOrNo) },
  children: {
    forwarder: many({ attributes: { addr: optional(kind.ip), domain: optional(kind.dnsName) } }),
    txt: many({ attributes: { name: required(kind.dnsName), value: required(kind.anything) } }),
    srv: many(srv),
    host: many(dnsHost),
  },
};
