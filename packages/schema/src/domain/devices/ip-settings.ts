import { attr, element, type FieldsOf, oneOf, optAttr, text, uint } from '@virtkit/xml';

const ipRows = {
  address: attr(text),
  family: optAttr(oneOf('ipv4', 'ipv6')),
  prefix: optAttr(uint({ max: 128 }), { omit: 0 }),
  peer: optAttr(text),
};
/** An address of the guest's or the host's side. */
export interface IpSetting extends FieldsOf<typeof ipRows> {}
export const ipSetting = element<IpSetting>('ip', ipRows, {
  refine: (value) => {
    value.family ??= value.address.includes(':') ? 'ipv6' : 'ipv4';
  },
});

const routeRows = {
  family: optAttr(oneOf('ipv4', 'ipv6')),
  address: optAttr(text),
  netmask: optAttr(text),
  prefix: optAttr(uint({ max: 128 })),
  gateway: attr(text),
  metric: optAttr(uint({ min: 1 })),
};
/** A route inside a container. */
export interface RouteSetting extends FieldsOf<typeof routeRows> {}
export const routeSetting = element<RouteSetting>('route', routeRows);
