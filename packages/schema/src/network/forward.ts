import {
  attr,
  type BoundRow,
  element,
  escapeText,
  type FieldsOf,
  inMode,
  list,
  oneOf,
  only,
  optAttr,
  optChild,
  type Row,
  type Scalar,
  special,
  specialRequired,
  text,
  uint,
  virtual,
  writtenAttribute,
  yesNo,
} from '@virtkit/xml';
import { networkError } from './errors.js';
import { forwardModes } from './forward-modes.js';
import { looseUint } from './loose.js';
import { pciAddressFields } from './pci-address.js';

export type ForwardMode = (typeof forwardModes)[number];

const addressFields = { start: attr(text, { default: '' }), end: attr(text, { default: '' }) };
/** Source addresses a network is hidden behind. */
export interface NatAddress extends FieldsOf<typeof addressFields> {}
const portFields = { start: attr(looseUint, { default: Number.NaN }), end: attr(looseUint, { default: Number.NaN }) };
export interface NatPorts extends FieldsOf<typeof portFields> {}
const natFields = {
  ipv6: optAttr(yesNo),
  address: optChild(element<NatAddress>('address', addressFields)),
  port: optChild(element<NatPorts>('port', portFields)),
};
export interface Nat extends FieldsOf<typeof natFields> {}

const driverFields = { name: optAttr(oneOf('kvm', 'vfio', 'xen')), model: optAttr(text) };
export interface ForwardDriver extends FieldsOf<typeof driverFields> {}

const connections = only('live', optAttr(uint(), { omit: 0 }));
const interfaceFields = { dev: attr(text, { default: '' }), connections };
/** A device of this host guests can use, and how many do. */
export interface ForwardInterface extends FieldsOf<typeof interfaceFields> {}
export const forwardInterface = element<ForwardInterface>('interface', interfaceFields);

const forwardAddressFields = { type: attr(text, { default: '' }), ...pciAddressFields, connections };
export interface ForwardAddress extends FieldsOf<typeof forwardAddressFields> {}

const pfFields = { dev: attr(text, { default: '' }) };
export interface PhysicalFunction extends FieldsOf<typeof pfFields> {}
const physicalFunction = element<PhysicalFunction>('pf', pfFields);

const mode: Scalar<ForwardMode> = oneOf(...forwardModes);

const fields = {
  $dev: virtual({
    attributes: ({ interfaces, pf }) => {
      const first = (interfaces as readonly ForwardInterface[])[0];
      return first === undefined || pf !== undefined ? '' : writtenAttribute('dev', escapeText(first.dev));
    },
    known: () => ({ attributes: ['dev'] }),
  }),
  mode: attr(mode, {
    default: 'nat',
    invalid: (value) => networkError('CONFIG_UNSUPPORTED', `unknown forwarding type '${value}'`),
  }),
  managed: managed(),
  driver: optChild(element<ForwardDriver>('driver', driverFields, { omitEmpty: true })),
  nat: optChild(element<Nat>('nat', natFields, { omitEmpty: true })),
  pf: optChild(physicalFunction),
  interfaces: interfaces(),
  addresses: list(element<ForwardAddress>('address', forwardAddressFields)),
};
/** How a network reaches beyond this host. `dev` of the element is the first of `interfaces`. */
export interface Forward extends FieldsOf<typeof fields> {}
export const forward = element<Forward>('forward', fields);

/** Whether devices are taken from their host driver; written for devices that are handed over only. */
function managed(): Row<boolean, true> {
  return special<boolean>((key) => ({
    read: (node, target) => {
      const at = node.attributes.findIndex((name, index) => index % 2 === 0 && name === key);
      if (at >= 0 && /^yes$/i.test(node.attributes[at + 1] ?? '')) target[key] = true;
    },
    attributes: (source) =>
      source['mode'] === 'hostdev' ? writtenAttribute(key, source[key] === true ? 'yes' : 'no') : '',
    known: () => ({ attributes: [key] }),
  }));
}

/** Functions of a device that is listed itself belong to the running network alone. */
function interfaces(): Row<ForwardInterface[], false> {
  return specialRequired<ForwardInterface[]>((key) => {
    const all: BoundRow = list(forwardInterface).bind(key);
    return {
      ...all,
      body: (source, indent, context) =>
        source['pf'] !== undefined && !inMode('live', context) ? '' : (all.body?.(source, indent, context) ?? ''),
    };
  });
}
