export { type Bandwidth, type BandwidthRate, portBandwidth } from './bandwidth.js';
export { makesBridge, type NetworkBridge } from './bridge.js';
export type { Bootp, Dhcp, DhcpHost, DhcpRange, LeaseTime } from './dhcp.js';
export type { Dns, DnsForwarder, DnsHost, DnsSrv, DnsTxt } from './dns.js';
export { type DnsmasqOptions, dnsmasqNamespace } from './dnsmasq-options.js';
export type { Forward, ForwardAddress, ForwardInterface, ForwardMode, Nat, NatAddress, NatPorts } from './forward.js';
export {
  broadcastAddress,
  canonicalAddress,
  defaultPrefix,
  formatIpAddress,
  type IpAddress,
  netmaskPrefix,
  networkAddress,
  parseIpAddress,
  prefixNetmask,
} from './ip-address.js';
export type { NetworkIp } from './ip.js';
export { prefixOf as networkIpPrefix } from './checks/dhcp.js';
export { checkRange as checkAddressRange } from './checks/range.js';
export { network } from './network-element.js';
export type { Network, NetworkDomain } from './network.js';
export { pciName } from './pci-address.js';
export type { PortGroup } from './portgroup.js';
export type { PortOptions } from './port-options.js';
export type { NetworkRoute } from './route.js';
export type { VirtualPort } from './virtual-port.js';
export type { Vlan, VlanTag } from './vlan.js';
export { type NetworkPort, networkPort, type PortOwner, type PortPlug } from './network-port.js';
export type { UpdateCommand, UpdateFragment } from './update/change.js';
export { updateNetwork } from './update/update.js';
