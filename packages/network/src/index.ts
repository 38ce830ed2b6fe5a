export { dnsmasqConfig } from './dnsmasq/config.js';
export { hostsFile, namesFile } from './dnsmasq/hosts.js';
export { dnsmasqPaths } from './dnsmasq/paths.js';
export { firewallOf } from './firewall.js';
