import {
  element,
  type FieldsOf,
  list,
  namespaces,
  nonEmpty,
  only,
  optAttr,
  optChild,
  optText,
  raw,
  text,
  textOf,
  type XmlNode,
  textChild,
  uint,
  uuid,
  yesNo,
  type Row,
  special,
  childOf,
  attributeOf,
  escapeText,
} from '@virtkit/xml';
import { networkBandwidth } from './bandwidth.js';
import { bridgeRow } from './bridge.js';
import { dns } from './dns.js';
import { networkError } from './errors.js';
import { forward } from './forward.js';
import { networkIp } from './ip.js';
import { looseUint } from './loose.js';
import { portGroup } from './portgroup.js';
import { portOptions } from './port-options.js';
import { networkRoute } from './route.js';
import { virtualPort } from './virtual-port.js';
import { vlan } from './vlan.js';

const domainFields = { name: optAttr(text), localOnly: optAttr(yesNo), register: optAttr(yesNo) };
/** The DNS domain of a network. */
export interface NetworkDomain extends FieldsOf<typeof domainFields> {}

/** Bytes of a packet on the bridge. */
export interface NetworkMtu {
  size: number;
}

function mtuRow(): Row<NetworkMtu, true> {
  return special<NetworkMtu>((key) => ({
    read(node, target) {
      const found = childOf(node, key);
      const size = found && attributeOf(found, 'size');
      if (!size) return;
      const bytes = looseUint.parse(size);
      if (Number.isNaN(bytes))
        throw networkError('XML_ERROR', `Invalid mtu size '${size}' in network '${nameOf(node)}'`);
      if (bytes !== 0) target[key] = { size: bytes };
    },
    body: (source, indent) =>
      source[key] === undefined ? '' : `${indent}<${key} size='${(source[key] as NetworkMtu).size}'/>\n`,
    known: () => ({ children: [[key, undefined]] }),
  }));
}

/** `<mac address='…'/>` as a field. */
function macRow(): Row<string, true> {
  return special<string>((key) => ({
    read(node, target) {
      const found = childOf(node, key);
      const address = found && attributeOf(found, 'address');
      if (address) target[key] = address;
    },
    body: (source, indent) =>
      source[key] === undefined ? '' : `${indent}<${key} address='${escapeText(source[key] as string)}'/>\n`,
    known: () => ({ children: [[key, undefined]] }),
  }));
}

const nameOf = (node: XmlNode): string => textOf(childOf(node, 'name') ?? node);

const extensions = namespaces('extensions');

/** Rows of `<network>`. */
export const networkRows = {
  extensions: extensions.values,
  connections: only('live', optAttr(uint(), { omit: 0 })),
  ipv6: optAttr(yesNo, {
    omit: false,
    invalid: (value, node) => networkError('XML_ERROR', `Invalid ipv6 setting '${value}' in network '${nameOf(node)}'`),
  }),
  trustGuestRxFilters: optAttr(yesNo),
  name: textChild(nonEmpty, {
    invalid: () => networkError('NO_NAME'),
    missing: () => networkError('NO_NAME'),
  }),
  uuid: optText(uuid, { emptyIsAbsent: true, invalid: () => networkError('INTERNAL_ERROR', 'malformed uuid element') }),
  title: optText(text),
  description: optText(text),
  metadata: raw(),
  forward: optChild(forward),
  bridge: bridgeRow(),
  mtu: mtuRow(),
  mac: macRow(),
  domain: optChild(element<NetworkDomain>('domain', domainFields, { omitEmpty: true })),
  dns: optChild(dns),
  vlan: optChild(vlan),
  bandwidth: optChild(networkBandwidth),
  port: optChild(portOptions),
  ips: list(networkIp),
  routes: list(networkRoute),
  virtualport: optChild(virtualPort),
  portgroups: list(portGroup),
  $extensions: extensions.body,
};

/** A virtual network. Addresses are in canonical form once it was read. @libvirt virNetworkDef */
export interface Network extends FieldsOf<typeof networkRows> {}
