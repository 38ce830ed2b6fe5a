import { attributeOf, childOf, type Pieces, sliceable, whole, type XmlNode } from '@virtkit/xml';
import { errorsFrom } from '../../errors/virt-error.js';
import type { Network } from '../network.js';
import { checkDns } from './dns.js';
import { refuse } from './error.js';
import { checkForward, checkMode } from './forward.js';
import { checkIp } from './ip.js';
import { isMulticast, parseMac } from './mac.js';
import { checkRoute } from './route.js';

const xmlError = errorsFrom('XML');

/**
 * What must hold of a document by itself, in libvirt's order and words; brings addresses into canonical form.
 * @libvirt virNetworkDefParseXML
 */
export const checkNetwork = sliceable(
  (network: Network, node: XmlNode) => whole(checks(network, node)),
  (network, node) => checks(network, node),
);

function* checks(network: Network, node: XmlNode): Pieces<void> {
  const { name } = network;
  if (name.includes('/')) throw xmlError('XML_DETAIL', 'invalid char in name: /');
  if (network.title?.includes('\n')) refuse("Network title can't contain newlines");
  checkDomain(network);
  checkBridge(network);
  if (network.dns !== undefined) checkDns(network.dns, name);
  for (const ip of network.ips) yield* checkIp(ip, name);
  for (const route of network.routes) checkRoute(route, network.ips, name);
  const forwardNode = childOf(node, 'forward');
  if (network.forward !== undefined && forwardNode !== undefined) checkForward(network.forward, forwardNode, name);
  checkMode(network, childOf(node, 'bridge'));
  if (network.forward?.mode === 'none') delete network.forward;
  const ipv6 = attributeOf(node, 'ipv6');
  if (ipv6 === 'no') delete network.ipv6;
}

function checkDomain({ domain, name }: Network): void {
  if (domain?.register === true && domain.localOnly !== true)
    refuse(
      `attribute 'register=yes' in <domain> element requires 'localOnly=yes' in network ${name}`,
      'CONFIG_UNSUPPORTED',
    );
}

function checkBridge(network: Network): void {
  const { bridge, name } = network;
  if (Number.isNaN(bridge?.delay)) refuse(`Invalid delay value in network '${name}'`);
  const manager = bridge?.macTableManager;
  if (manager !== undefined && manager !== 'kernel' && manager !== 'libvirt')
    refuse(`Invalid macTableManager setting '${manager}' in network '${name}'`);
  if (network.mac !== undefined) network.mac = checkMac(network.mac, name);
}

function checkMac(text: string, network: string): string {
  const mac = parseMac(text);
  if (mac === undefined) refuse(`Invalid bridge mac address '${text}' in network '${network}'`);
  if (isMulticast(mac)) refuse(`Invalid multicast bridge mac address '${text}' in network '${network}'`);
  return mac;
}
