import { attr, content, element, type FieldsOf, list, optAttr, text, yesNo } from '@virtkit/xml';
import { looseUint } from './loose.js';

const forwarderFields = { domain: optAttr(text), addr: optAttr(text) };
/** A name server for all names or those of one domain. */
export interface DnsForwarder extends FieldsOf<typeof forwarderFields> {}

const txtFields = { name: attr(text, { default: '' }), value: optAttr(text) };
export interface DnsTxt extends FieldsOf<typeof txtFields> {}
export const dnsTxt = element<DnsTxt>('txt', txtFields);

const srvNumber = () => optAttr(looseUint, { omit: 0, emptyIsAbsent: true });
const srvFields = {
  service: attr(text, { default: '' }),
  protocol: attr(text, { default: '' }),
  domain: optAttr(text),
  target: optAttr(text),
  port: optAttr(looseUint, { emptyIsAbsent: true }),
  priority: srvNumber(),
  weight: srvNumber(),
};
export interface DnsSrv extends FieldsOf<typeof srvFields> {}
export const dnsSrv = element<DnsSrv>('srv', srvFields);

const hostnameFields = { name: content(text) };
interface Hostname extends FieldsOf<typeof hostnameFields> {}
const hostFields = { ip: optAttr(text), hostnames: list(element<Hostname>('hostname', hostnameFields)) };
/** Names of one address. */
export interface DnsHost extends FieldsOf<typeof hostFields> {}
export const dnsHost = element<DnsHost>('host', hostFields);

const dnsFields = {
  enable: optAttr(yesNo),
  forwardPlainNames: optAttr(yesNo),
  forwarders: list(element<DnsForwarder>('forwarder', forwarderFields)),
  txts: list(dnsTxt),
  srvs: list(dnsSrv),
  hosts: list(dnsHost),
};
/** The network's name server. */
export interface Dns extends FieldsOf<typeof dnsFields> {}
export const dns = element<Dns>('dns', dnsFields, { omitEmpty: true });
