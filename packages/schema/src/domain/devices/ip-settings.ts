import { attr, element, type FieldsOf, oneOf, optAttr, type Scalar, text, uint } from '@virtkit/xml';
import { errorsFrom } from '../../errors/virt-error.js';
import { parseIpAddress } from '../../network/ip-address.js';
import { missing, refuse } from '../../values/failures.js';

const domainError = errorsFrom('DOMAIN');

/** Another word is as good as none. */
const families: Scalar<'ipv4' | 'ipv6' | ''> = {
  parse: (value) => oneOf('ipv4', 'ipv6').parse(value) ?? '',
  format: (value) => value,
};

const ipRows = {
  address: attr(text, missing('XML_ERROR', 'Missing required address in <ip>')),
  family: optAttr(families, { omit: '' }),
  prefix: optAttr(uint({ max: 128 }), { omit: 0, ...refuse('XML_ERROR', "Invalid prefix value '$' in <ip>") }),
  peer: optAttr(text),
};
/** An address of the guest's or the host's side. */
export interface IpSetting extends Omit<FieldsOf<typeof ipRows>, 'family'> {
  family?: 'ipv4' | 'ipv6' | undefined;
}
export const ipSetting = element<IpSetting>('ip', ipRows, {
  refine: (value) => {
    const address = parseIpAddress(value.address);
    const family = value.family || address?.family;
    if (address === undefined || family !== address.family)
      throw domainError('XML_ERROR', `Invalid address '${value.address}' in <ip>`);
    value.family = family;
    if ((value.prefix ?? 0) > (family === 'ipv4' ? 32 : 128)) {
      throw domainError('XML_ERROR', `Invalid prefix value '${value.prefix ?? 0}' in <ip>`);
    }
    if (value.peer !== undefined && parseIpAddress(value.peer) === undefined) {
      throw domainError('XML_ERROR', `Invalid peer '${value.peer}' in <ip>`);
    }
  },
});

const missingRoute = (name: string) => (): Error =>
  errorsFrom('NETWORK')('XML_ERROR', `guest interface: Missing required ${name} attribute in route definition`);
const routeRows = {
  family: optAttr(oneOf('ipv4', 'ipv6')),
  address: attr(text, { missing: missingRoute('address') }),
  netmask: optAttr(text),
  prefix: optAttr(uint({ max: 128 })),
  gateway: attr(text, { missing: missingRoute('gateway') }),
  metric: optAttr(uint({ min: 1 })),
};
/** A route inside a container. */
export interface RouteSetting extends FieldsOf<typeof routeRows> {}
export const routeSetting = element<RouteSetting>('route', routeRows);
