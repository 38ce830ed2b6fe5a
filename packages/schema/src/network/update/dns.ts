import { checkDnsHost, checkDnsSrv, checkDnsTxt } from '../checks/dns.js';
import { type Dns, type DnsHost, dnsHost, type DnsSrv, dnsSrv, dnsTxt } from '../dns.js';
import type { Network } from '../network.js';
import { impossible, insert, readFragment, unsupportedChange, type UpdateFragment } from './change.js';

export function updateDnsHost(network: Network, change: UpdateFragment): void {
  const { name } = network;
  const { hosts } = dnsOf(network);
  const adding = change.command === 'add-first' || change.command === 'add-last';
  const host = readFragment(dnsHost, change);
  checkDnsHost(host, name, { partial: !adding });
  // An address stands once, while a name may have several: names find an entry only where it is to go.
  const byName = change.command === 'delete';
  const found = hosts.filter((other) => sameAddress(host, other) || (byName && sharesName(host, other)));
  if (adding) {
    if (found.length > 0)
      impossible(`there is already at least one DNS HOST record with a matching field in network ${name}`);
    return insert(hosts, host, change.command);
  }
  if (found.length === 0) impossible(`couldn't locate a matching DNS HOST record in network ${name}`);
  if (found.length > 1) impossible(`multiple matching DNS HOST records were found in network ${name}`);
  replaceOrDelete(hosts, found[0], change, host);
}

const sameAddress = (a: DnsHost, b: DnsHost): boolean => a.ip !== undefined && a.ip === b.ip;
const sharesName = (a: DnsHost, b: DnsHost): boolean =>
  a.hostnames.some(({ name }) => b.hostnames.some((other) => other.name === name));

export function updateDnsTxt(network: Network, change: UpdateFragment): void {
  const { name } = network;
  const { txts } = dnsOf(network);
  const txt = readFragment(dnsTxt, change);
  checkDnsTxt(txt, name, { partial: change.command === 'delete' || change.command === 'modify' });
  const found = txts.find((other) => other.name === txt.name);
  if (change.command === 'add-first' || change.command === 'add-last') {
    if (found !== undefined) impossible(`there is already a DNS TXT record with name '${txt.name}' in network ${name}`);
    return insert(txts, txt, change.command);
  }
  if (found === undefined) impossible(`couldn't locate a matching DNS TXT record in network ${name}`);
  if (change.command === 'modify' && txt.value === undefined)
    impossible(`missing value of modifying DNS TXT record in network ${name}`);
  replaceOrDelete(txts, found, change, txt);
}

const srvFields = ['domain', 'service', 'protocol', 'target', 'port', 'priority', 'weight'] as const;

export function updateDnsSrv(network: Network, change: UpdateFragment): void {
  const { name } = network;
  const { srvs } = dnsOf(network);
  if (change.command === 'modify') unsupportedChange('DNS SRV records cannot be modified, only added or deleted');
  const srv = readFragment(dnsSrv, change);
  checkDnsSrv(srv, name, { partial: change.command === 'delete' });
  const found = srvs.filter((other) => srvFields.every((field) => isUnset(srv, field) || srv[field] === other[field]));
  if (change.command !== 'delete') {
    if (found.length > 0)
      impossible(`there is already at least one DNS SRV record matching all specified fields in network ${name}`);
    return insert(srvs, srv, change.command);
  }
  if (found.length === 0) impossible(`couldn't locate a matching DNS SRV record in network ${name}`);
  if (found.length > 1)
    impossible(`multiple DNS SRV records matching all specified fields were found in network ${name}`);
  replaceOrDelete(srvs, found[0], change, srv);
}

const isUnset = (srv: DnsSrv, field: (typeof srvFields)[number]): boolean =>
  srv[field] === undefined || srv[field] === '';

function replaceOrDelete<T>(list: T[], found: T | undefined, { command }: UpdateFragment, entry: T): void {
  const index = list.findIndex((one) => one === found);
  if (command === 'modify') list[index] = entry;
  else list.splice(index, 1);
}

function dnsOf(network: Network): Dns {
  network.dns ??= { forwarders: [], txts: [], srvs: [], hosts: [] };
  return network.dns;
}
