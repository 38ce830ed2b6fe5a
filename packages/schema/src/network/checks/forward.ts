import { attributeOf, childrenOf, type XmlNode } from '@virtkit/xml';
import type { Forward } from '../forward.js';
import { makesBridge } from '../bridge.js';
import type { Network } from '../network.js';
import { checkPciAddress, pciName } from '../pci-address.js';
import { canonical, requireAddress } from './address.js';
import { refuse, unsupported } from './error.js';
import { firstRepeated } from '../../values/repeated.js';

/** Checks `<forward>` by itself and joins its `dev` with the list of interfaces. */
export function checkForward(forward: Forward, node: XmlNode, network: string): void {
  checkNat(forward, childrenOf(node, 'nat'), network);
  const dev = attributeOf(node, 'dev');
  if (dev !== undefined && (forward.addresses.length > 0 || forward.pf !== undefined))
    refuse(
      `the <forward> 'dev' attribute cannot be used when <address> or <pf> sub-elements are present in network ${network}`,
    );
  if (dev !== undefined || forward.interfaces.length > 0) checkInterfaces(forward, node, network);
  else checkAddresses(forward, network);
  if (childrenOf(node, 'pf').length > 1) refuse(`Only one <pf> element is allowed in <forward> of network ${network}`);
  if (forward.pf?.dev === '') refuse(`Missing required dev attribute in <pf> element of network '${network}'`);
}

function checkNat(forward: Forward, nats: readonly XmlNode[], network: string): void {
  if (nats.length > 1) refuse(`Only one <nat> element is allowed in <forward> of network ${network}`);
  const [node] = nats;
  if (node === undefined || forward.nat === undefined) return;
  if (forward.mode !== 'nat')
    refuse(`The <nat> element can only be used when <forward> 'mode' is 'nat' in network ${network}`);
  if (childrenOf(node, 'address').length > 1)
    refuse(`Only one <address> element is allowed in <nat> in <forward> in network ${network}`);
  checkNatAddress(forward, network);
  if (childrenOf(node, 'port').length > 1)
    refuse(`Only one <port> element is allowed in <nat> in <forward> in network ${network}`);
  checkNatPorts(forward, network);
}

function checkNatAddress({ nat }: Forward, network: string): void {
  const address = nat?.address;
  if (address === undefined) return;
  for (const end of ['start', 'end'] as const) {
    const text = address[end];
    if (text === '')
      refuse(`missing '${end}' attribute in <address> element in <nat> in <forward> in network ${network}`);
    const bad = () => refuse(`Bad ipv4 ${end} address '${text}' in <nat> in <forward> in network '${network}'`);
    const parsed = requireAddress(text, bad);
    if (parsed.family !== 'ipv4') bad();
    address[end] = canonical(parsed);
  }
}

const largestPort = 65_535;

function checkNatPorts({ nat }: Forward, network: string): void {
  if (nat?.port === undefined) return;
  for (const end of ['start', 'end'] as const) {
    const port = nat.port[end];
    if (Number.isNaN(port) || port > largestPort || port < nat.port.start)
      refuse(
        `Missing or invalid '${end}' attribute in <port> in <nat> in <forward> in network ${network}`,
        'XML_DETAIL',
      );
  }
}

function checkInterfaces(forward: Forward, node: XmlNode, network: string): void {
  const dev = attributeOf(node, 'dev');
  const { interfaces } = forward;
  const [first] = interfaces;
  if (childrenOf(node, 'interface').some((one) => attributeOf(one, 'dev') === undefined))
    refuse(`Missing required dev attribute in <forward> <interface> element of network ${network}`);
  if (dev !== undefined && first !== undefined && first.dev !== dev)
    refuse(`<forward dev='${dev}'> must match first <interface dev='${first.dev}'/> in network ${network}`);
  if (dev !== undefined && first === undefined) interfaces.push({ dev });
  const devices = interfaces.map((one) => one.dev);
  const twice = firstRepeated(devices);
  if (twice !== undefined) refuse(`interface '${twice}' can only be listed once in network ${network}`);
  forward.addresses = [];
}

function checkAddresses({ addresses }: Forward, network: string): void {
  const seen = new Set<string>();
  for (const address of addresses) {
    if (address.type === '') refuse(`missing address type in network ${network}`);
    if (address.type !== 'pci') unsupported(`unknown address type '${address.type}' in network ${network}`);
    checkPciAddress(address);
    const name = pciName(address);
    if (seen.has(name)) refuse(`PCI device '${name}' can only be listed once in network ${network}`);
    seen.add(name);
  }
}

/** What a mode of forwarding allows beside it. */
export function checkMode(network: Network, bridgeNode: XmlNode | undefined): void {
  const mode = network.forward?.mode ?? 'none';
  const devices = network.forward?.interfaces.length ?? 0;
  const { name } = network;
  if (mode === 'route' || mode === 'nat') {
    if (network.ips.length === 0)
      refuse(`${mode} forwarding requested, but no IP address provided for network '${name}'`);
    if (devices > 1) refuse(`multiple forwarding interfaces specified for network '${name}', only one is supported`);
  }
  if (mode === 'open' && devices > 0)
    refuse(`forward dev not allowed for network '${name}' with forward mode='${mode}'`);
  if (!makesBridge(network.forward)) checkWithoutBridge(network, mode, bridgeNode);
}

function checkWithoutBridge(network: Network, mode: string, node: XmlNode | undefined): void {
  const { bridge, name, forward } = network;
  if (mode !== 'bridge') {
    if (bridge?.name !== undefined) refuse(`bridge name not allowed in ${mode} mode (network '${name}')`);
    if (bridge?.zone !== undefined) refuse(`bridge zone not allowed in ${mode} mode (network '${name}')`);
    if (bridge?.macTableManager !== undefined)
      refuse(`bridge macTableManager setting not allowed in ${mode} mode (network '${name}')`);
  }
  if (bridge?.delay || bridge?.zone !== undefined || (node && attributeOf(node, 'stp')))
    refuse(
      `bridge delay/stp/zone options only allowed in open, route, nat, and isolated mode, not in ${mode} (network '${name}')`,
    );
  const devices = forward !== undefined && (forward.interfaces.length > 0 || forward.pf !== undefined);
  if (bridge?.name !== undefined && devices)
    refuse(
      `A network with forward mode='${mode}' can specify a bridge name or a forward dev, but not both (network '${name}')`,
    );
  if (network.mtu !== undefined)
    refuse(`mtu size only allowed in open, route, nat, and isolated mode, not in ${mode} (network '${name}')`);
}
