import { type Forward, makesBridge, type Network, type PortGroup } from '@virtkit/schema';
import { isIpv6, lends } from './dnsmasq/config.js';
import { networkError } from './errors.js';

/** What a network may not ask for in its mode, in libvirt's words. @libvirt networkValidate */
export function validateNetwork(network: Network): void {
  if (network.name.includes('\n')) throw networkError('XML_DETAIL', 'invalid char in name: \n');
  if (!makesBridge(network.forward)) refuseOwnBridge(network);
  if (network.forward !== undefined) checkPool(network, network.forward);
  checkDhcp(network);
  checkPortGroups(network);
  checkVlan(network);
}

function refuse(text: string): never {
  throw networkError('CONFIG_UNSUPPORTED', text);
}

const modeOf = (network: Network): string => network.forward?.mode ?? 'none';

/** Where the host's own bridge or device is used, nothing can be set up for it. */
function refuseOwnBridge(network: Network): void {
  const { name, dns } = network;
  const unsupported = (what: string): never =>
    refuse(`Unsupported ${what} element in network ${name} with forward mode='${modeOf(network)}'`);
  if (network.mac !== undefined) unsupported('<mac>');
  if (network.ips.length > 0) unsupported('<ip>');
  if (dns !== undefined && dns.txts.length + dns.hosts.length + dns.srvs.length > 0) unsupported('<dns>');
  if (network.domain?.name !== undefined) unsupported('<domain>');
  if (network.bandwidth !== undefined) unsupported('network-wide <bandwidth>');
}

function checkPool(network: Network, forward: Forward): void {
  const { name } = network;
  const { mode, interfaces, addresses, pf } = forward;
  const [first] = interfaces;
  if (mode === 'hostdev' && first !== undefined)
    refuse(
      `hostdev network '${name}' lists '${first.dev}' in the device pool, but hostdev networks require all devices to be listed by PCI address, not network device name`,
    );
  if (mode !== 'hostdev' && addresses.length > 0)
    refuse(
      `network '${name}' has forward mode '${mode}' but lists a device by PCI address in the device pool. This is only supported for networks with forward mode 'hostdev'`,
    );
  const kinds = [pf !== undefined, interfaces.length > 0, addresses.length > 0].filter(Boolean).length;
  if (kinds > 1)
    refuse(`<address>, <interface>, and <pf> elements of <forward> in network ${name} are mutually exclusive`);
}

function checkDhcp({ ips }: Network): void {
  for (const family of ['IPv4', 'IPv6'])
    if (ips.filter((ip) => lends(ip) && isIpv6(ip) === (family === 'IPv6')).length > 1)
      refuse(
        `Multiple ${family} dhcp sections found -- dhcp is supported only for a single ${family} address on each network`,
      );
}

function checkPortGroups(network: Network): void {
  const { name, portgroups } = network;
  const seen = new Set<string>();
  let byDefault: PortGroup | undefined;
  for (const group of portgroups) {
    if (seen.has(group.name))
      refuse(`multiple <portgroup> elements with the same name (${group.name}) in network '${name}'`);
    seen.add(group.name);
    if (group.default && byDefault !== undefined)
      refuse(
        `network '${name}' has multiple default <portgroup> elements (${byDefault.name} and ${group.name}), but only one default is allowed`,
      );
    if (group.default) byDefault = group;
    if (group.bandwidth !== undefined && modeOf(network) === 'hostdev')
      refuse(
        `unsupported <bandwidth> element in <portgroup name='${group.name}'> of network '${name}' with forward mode='hostdev'`,
      );
  }
}

function checkVlan(network: Network): void {
  const used = network.vlan !== undefined || network.portgroups.some(({ vlan }) => vlan !== undefined);
  const allowed = ['hostdev', 'passthrough', 'bridge'].includes(modeOf(network));
  if (used && !allowed)
    refuse(`<vlan> element specified for network ${network.name}, whose type doesn't support vlan configuration`);
}
