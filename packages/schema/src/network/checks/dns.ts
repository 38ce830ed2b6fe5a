import type { Dns, DnsForwarder, DnsHost, DnsSrv, DnsTxt } from '../dns.js';
import { canonical, requireAddress } from './address.js';
import { refuse } from './error.js';

/** For finding an entry to change, less is enough than for a new one. */
export interface Completeness {
  readonly partial: boolean;
}
const whole: Completeness = { partial: false };
const longestService = 482;

export function checkDns(dns: Dns, network: string): void {
  for (const forwarder of dns.forwarders) checkForwarder(forwarder, network);
  for (const host of dns.hosts) checkDnsHost(host, network, whole);
  for (const srv of dns.srvs) checkDnsSrv(srv, network, whole);
  for (const txt of dns.txts) checkDnsTxt(txt, network, whole);
  const extra = dns.forwarders.length + dns.hosts.length + dns.srvs.length + dns.txts.length;
  if (dns.enable === false && extra > 0) refuse(`Extra data in disabled network '${network}'`);
}

function checkForwarder(forwarder: DnsForwarder, network: string): void {
  const text = forwarder.addr;
  if (text !== undefined)
    forwarder.addr = canonical(
      requireAddress(text, () => refuse(`Invalid forwarder IP address '${text}' in network '${network}'`)),
    );
  if (text === undefined && forwarder.domain === undefined)
    refuse('Invalid forwarder element, must contain at least one of addr or domain');
}

export function checkDnsHost(host: DnsHost, network: string, { partial }: Completeness): void {
  const record = `network '${network}' DNS HOST record`;
  if (host.hostnames.some(({ name }) => name === '')) refuse(`Missing hostname in ${record}`, 'XML_DETAIL');
  if (host.hostnames.length === 0 && !partial) refuse(`Missing hostname in ${record}`, 'XML_DETAIL');
  if (host.ip === undefined && !partial) refuse(`Missing IP address in ${record}`, 'XML_DETAIL');
  if (host.ip === undefined && host.hostnames.length === 0)
    refuse(`Missing ip and hostname in ${record}`, 'XML_DETAIL');
  if (host.ip !== undefined)
    host.ip = canonical(requireAddress(host.ip, () => refuse(`Invalid IP address in ${record}`, 'XML_DETAIL')));
}

export function checkDnsSrv(srv: DnsSrv, network: string, { partial }: Completeness): void {
  checkService(srv, network, partial);
  checkProtocol(srv, network, partial);
  checkSrvNumber(srv, 'port', { network, min: 1 });
  checkSrvNumber(srv, 'priority', { network, min: 0 });
  checkSrvNumber(srv, 'weight', { network, min: 0 });
  if (srv.port === 0) delete srv.port;
}

function checkService({ service }: DnsSrv, network: string, partial: boolean): void {
  if (service === '' && !partial)
    refuse(`missing required service attribute in DNS SRV record of network '${network}'`, 'XML_DETAIL');
  if (service.length > longestService)
    refuse(
      `service attribute '${service}' in network '${network}' is too long, limit is ${longestService} bytes`,
      'XML_DETAIL',
    );
  if (!/^[A-Za-z0-9_\-+/*]*$/.test(service))
    refuse(
      `invalid character in service attribute '${service}' in DNS SRV record of network '${network}'`,
      'XML_DETAIL',
    );
}

function checkProtocol({ service, protocol }: DnsSrv, network: string, partial: boolean): void {
  if (protocol === '' && !partial)
    refuse(`missing required protocol attribute in DNS SRV record '${service}' of network '${network}'`, 'XML_DETAIL');
  if (!/^[A-Za-z0-9\-+/]*$/.test(protocol))
    refuse(
      `invalid character in protocol attribute '${protocol}' in DNS SRV record of network '${network}'`,
      'XML_DETAIL',
    );
}

const largest = 65_535;

function checkSrvNumber(
  srv: DnsSrv,
  name: 'port' | 'priority' | 'weight',
  { network, min }: { readonly network: string; readonly min: number },
): void {
  const value = srv[name];
  if (value === undefined) return;
  const where = `for service '${srv.service}' in network '${network}'`;
  if (!Number.isNaN(value) && srv.target === undefined)
    refuse(`DNS SRV ${name} attribute not permitted without target ${where}`, 'XML_DETAIL');
  const word = name === 'priority' ? 'Invalid' : 'invalid';
  if (Number.isNaN(value) || value < min || value > largest)
    refuse(`${word} DNS SRV ${name} attribute ${where}`, 'XML_DETAIL');
}

export function checkDnsTxt(txt: DnsTxt, network: string, { partial }: Completeness): void {
  if (txt.name === '') refuse(`missing required name attribute in DNS TXT record of network ${network}`, 'XML_DETAIL');
  if (txt.name.includes(' '))
    refuse(`prohibited character in DNS TXT record name '${txt.name}' of network ${network}`, 'XML_DETAIL');
  if (txt.value === undefined && !partial)
    refuse(
      `missing required value attribute in DNS TXT record named '${txt.name}' of network ${network}`,
      'XML_DETAIL',
    );
}
