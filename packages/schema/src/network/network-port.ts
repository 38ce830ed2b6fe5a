import {
  attr,
  attributeOf,
  childOf,
  element,
  escapeText,
  type FieldsOf,
  oneOf,
  optAttr,
  optChild,
  optText,
  type Row,
  special,
  text,
  textChild,
  union,
  uuid,
  type VariantsOf,
  yesNo,
  child,
} from '@virtkit/xml';
import { portBandwidth } from './bandwidth.js';
import { parseMac } from './checks/mac.js';
import { networkError } from './errors.js';
import { pciAddressFields } from './pci-address.js';
import { portOptions } from './port-options.js';
import { virtualPort } from './virtual-port.js';
import { vlan } from './vlan.js';

const error = (words: string) => networkError('XML_ERROR', words);

const ownerFields = {
  name: textChild(text, { missing: () => error('network port has no owner name') }),
  uuid: textChild(uuid, {
    missing: () => error('network port has no owner UUID'),
    invalid: (value) => error(`Unable to parse UUID '${value}'`),
  }),
};
/** The guest a port belongs to. */
export interface PortOwner extends FieldsOf<typeof ownerFields> {}

const bridgeFields = {
  bridge: attr(text, { missing: () => error('Missing network port bridge name') }),
  macTableManager: optAttr(oneOf('kernel', 'libvirt'), {
    invalid: (value) => error(`Invalid macTableManager setting '${value}' in network port`),
  }),
};
const plugAddressFields = pciAddressFields;
interface PlugAddress extends FieldsOf<typeof plugAddressFields> {}
const driverFields = { name: optAttr(oneOf('kvm', 'vfio', 'xen')), model: optAttr(text) };
interface PlugDriver extends FieldsOf<typeof driverFields> {}
const plugs = {
  network: bridgeFields,
  bridge: bridgeFields,
  direct: {
    dev: attr(text, { missing: () => error('Missing network port link device name') }),
    mode: attr(oneOf('vepa', 'private', 'bridge', 'passthrough'), {
      invalid: (value) => error(`Invalid mode setting '${value}' in network port`),
      default: 'vepa',
    }),
  },
  'hostdev-pci': {
    managed: attr(yesNo, { default: false }),
    driver: optChild(element<PlugDriver>('driver', driverFields, { omitEmpty: true })),
    address: child(element<PlugAddress>('address', plugAddressFields), {
      missing: () => error('Missing network port PCI address'),
    }),
  },
};
/** What the guest's device is connected to. */
export type PortPlug = VariantsOf<'type', typeof plugs>;

/** The hardware address of the guest's device. */
function macRow(): Row<string, true> {
  return special<string>((key) => ({
    read(node, target) {
      const found = childOf(node, key);
      const address = found === undefined ? undefined : attributeOf(found, 'address');
      if (address === undefined) throw error('network port has no mac');
      const mac = parseMac(address);
      if (mac === undefined) throw error(`Unable to parse MAC '${address}'`);
      target[key] = mac;
    },
    body: (source, indent) =>
      source[key] === undefined ? '' : `${indent}<${key} address='${escapeText(source[key] as string)}'/>\n`,
    known: () => ({ children: [[key, undefined]] }),
  }));
}

const filterFields = { trustGuest: optAttr(yesNo) };
interface RxFilters extends FieldsOf<typeof filterFields> {}

const fields = {
  uuid: textChild(uuid, {
    missing: () => networkError('INTERNAL_ERROR', 'network port has no uuid'),
    invalid: (value) => error(`Unable to parse UUID '${value}'`),
  }),
  owner: child(element<PortOwner>('owner', ownerFields), { missing: () => error('network port has no owner name') }),
  group: optText(text, { emptyIsAbsent: true }),
  mac: macRow(),
  virtualport: optChild(virtualPort),
  bandwidth: optChild(portBandwidth),
  vlan: optChild(vlan),
  port: optChild(portOptions),
  rxfilters: optChild(element<RxFilters>('rxfilters', filterFields, { omitEmpty: true })),
  plug: optChild(union<PortPlug>('plug', 'type', plugs)),
};
/** A guest's place in a network. @libvirt virNetworkPortDef */
export interface NetworkPort extends FieldsOf<typeof fields> {}
export const networkPort = element<NetworkPort>('networkport', fields);
