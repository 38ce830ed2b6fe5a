import { type Forward, makesBridge, type Network, pciName, type PortGroup } from '@virtkit/schema';
import { isIpv6, lends } from './dnsmasq/config.js';
import { networkError } from './errors.js';

/** What a network may not ask for in its mode, in libvirt's words. @libvirt networkValidate */
export function validateNetwork(network: Network, host: PciDevices = {}): void {
  if (network.name.includes('\n')) throw networkError('XML_DETAIL', 'invalid char in name: \n');
  if (!makesBridge(network.forward)) refuseOwnBridge(network);
  if (network.forward !== undefined) checkPool(network, network.forward, host);
  checkDhcp(network);
  checkPortGroups(network);
  checkVlan(network);
}

function refuse(text: string): never {
  throw networkError('CONFIG_UNSUPPORTED', text);
}

/** What is known of this host's devices; without it they are not looked at. */
export interface PciDevices {
  readonly isVirtualFunction?: (name: string) => boolean;
}

const usesHostBridge = ({ forward, bridge }: Network): boolean =>
  forward?.mode === 'bridge' && bridge?.name !== undefined;

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
  if (network.bandwidth !== undefined && !usesHostBridge(network)) unsupported('network-wide <bandwidth>');
}

function checkPool(network: Network, forward: Forward, host: PciDevices): void {
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
  for (const address of addresses) {
    const name = pciName(address);
    if (host.isVirtualFunction?.(name) === false)
      refuse(`device '/sys/bus/pci/devices/${name}' in network '${network.name}' is not an SR-IOV Virtual Function`);
  }
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
    if (group.bandwidth !== undefined && !makesBridge(network.forward) && !usesHostBridge(network))
      refuse(
        `Unsupported <bandwidth> element in network '${name}' in portgroup '${group.name}' with forward mode='${modeOf(network)}'`,
      );
  }
}

/** Guests' frames can be tagged by Open vSwitch and by hardware; a group's own connection counts before the network's. */
function checkVlan(network: Network): void {
  const { forward, portgroups, virtualport, vlan } = network;
  const hardware = forward?.mode === 'hostdev' || forward?.mode === 'passthrough';
  const allowed = hardware || virtualport?.type === 'openvswitch';
  const bad = portgroups.some((group) => {
    if (vlan === undefined && group.vlan === undefined) return false;
    return group.virtualport === undefined ? !allowed : group.virtualport.type !== 'openvswitch';
  });
  const byDefault = portgroups.some((group) => group.default);
  if (bad || (vlan !== undefined && !allowed && !byDefault))
    refuse(`<vlan> element specified for network ${network.name}, whose type doesn't support vlan configuration`);
}
