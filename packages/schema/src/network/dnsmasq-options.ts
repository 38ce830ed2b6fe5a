import { attr, element, type FieldsOf, namespaceTag, type NamespaceRows, text, wrapped } from '@virtkit/xml';

const uri = 'http://libvirt.org/schemas/network/dnsmasq/1.0';
const tag = namespaceTag('dnsmasq', uri);

const optionFields = { value: attr(text, { default: '' }) };
interface Option extends FieldsOf<typeof optionFields> {}
const rows = { options: wrapped(tag('options'), element<Option>(tag('option'), optionFields)) };
/** Lines for dnsmasq's configuration, taken as they are. */
export interface DnsmasqOptions extends FieldsOf<typeof rows> {}

/** The namespace `dnsmasq:` of networks on this host. */
export const dnsmasqNamespace: NamespaceRows = { prefix: 'dnsmasq', uri, rows };
