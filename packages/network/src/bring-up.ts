import { isAlive, type ProcessIdentity } from '@virtkit/host';
import { makesBridge, type Network } from '@virtkit/schema';
import { bridgeOf, configureBridge, createBridge, enableForwarding } from './bridge.js';
import { refuseCollision } from './collision.js';
import { networkError } from './errors.js';
import { firewallOf } from './firewall.js';
import type { NetworkRuntime } from './status.js';
import type { NetworkTools } from './tools.js';

/** Makes the network real; what was done when it throws is for `tearDown` to undo. */
export async function bringUp(
  network: Network,
  tools: NetworkTools,
  signal: AbortSignal,
): Promise<ProcessIdentity | undefined> {
  if (!makesBridge(network.forward)) return refuseUnsplit(network, tools);
  await refuseCollision(network, tools.links);
  await createBridge(network, tools.links);
  if (network.bandwidth !== undefined) await tools.limit(bridgeOf(network), network.bandwidth);
  await applyFirewall(network, tools, signal);
  await configureBridge(network, tools.links);
  await enableForwarding(network);
  return tools.dnsmasq.start(network, signal);
}

/** A network that hands out parts of a card needs a card with parts. */
async function refuseUnsplit({ forward }: Network, { links }: NetworkTools): Promise<undefined> {
  const card = forward?.pf?.dev;
  if (card === undefined || (await links.virtualFunctions(card)).length > 0) return;
  throw networkError('INTERNAL_ERROR', `No usable Vf's present on SRIOV PF ${card}`);
}

/** Removes all a network has on this host. Goes on after an error, so that nothing stays for its sake. */
export async function tearDown(
  network: Network,
  runtime: NetworkRuntime | undefined,
  tools: NetworkTools,
): Promise<void> {
  if (!makesBridge(network.forward)) return;
  const steps = [
    () => tools.dnsmasq.stop(network.name, runtime?.dnsmasq),
    async () => (await tools.firewall())?.remove(firewallOf(network).name, new AbortController().signal),
    () => deleteBridge(network, tools),
  ];
  for (const step of steps)
    await step().catch((cause: unknown) =>
      tools.logger.error('cannot remove all of a network', { network: network.name, cause }),
    );
}

/** The rules of the network, where there is a packet filter; a network that forwards is not started without. */
export async function applyFirewall(network: Network, tools: NetworkTools, signal: AbortSignal): Promise<void> {
  if (network.forward?.mode === 'open') return;
  const backend = await tools.firewall();
  const reason = backend === undefined ? 'No firewall backend is available' : await backend.unavailable(signal);
  if (backend === undefined || reason !== undefined)
    throw networkError('INTERNAL_ERROR', `could not find a usable firewall backend: ${reason}`);
  await backend.apply(firewallOf(network), signal);
}

/** Deletes the bridge only if it is the one that was made: same name, a bridge, same hardware address. */
async function deleteBridge(network: Network, { links }: NetworkTools): Promise<void> {
  const name = bridgeOf(network);
  const link = await links.find(name);
  if (link?.kind === 'bridge' && (network.mac === undefined || link.mac === network.mac)) await links.delete(name);
}

/** Whether a network found active is still there: its bridge exists. */
export async function isStillUp(network: Network, { links }: NetworkTools): Promise<boolean> {
  if (!makesBridge(network.forward)) return true;
  return (await links.find(bridgeOf(network)))?.kind === 'bridge';
}

/** Puts back what of a running network may have gone: its server and its rules. */
export async function restore(
  network: Network,
  runtime: NetworkRuntime,
  tools: NetworkTools,
  signal: AbortSignal,
): Promise<NetworkRuntime> {
  if (!makesBridge(network.forward)) return runtime;
  await applyFirewall(network, tools, signal);
  const known = runtime.dnsmasq;
  if (known !== undefined && (await isAlive(known))) return runtime;
  const found = (await tools.dnsmasq.find(network.name)) ?? (await tools.dnsmasq.start(network, signal));
  return { ...runtime, dnsmasq: found };
}
