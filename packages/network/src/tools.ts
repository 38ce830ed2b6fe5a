import type { FirewallBackend, Logger, PluginContext } from '@virtkit/core';
import { IpLinks, limitBandwidth, type Links } from '@virtkit/host';
import type { Bandwidth } from '@virtkit/schema';
import { DnsmasqDaemons } from './dnsmasq/daemon.js';

/** What starting and stopping a network takes. */
export interface NetworkTools {
  readonly links: Links;
  readonly dnsmasq: DnsmasqDaemons;
  readonly logger: Logger;
  /** Limits the bridge of a network, with room for guests that are guaranteed a rate. */
  limit(bridge: string, bandwidth: Bandwidth): Promise<void>;
  firewall(): Promise<FirewallBackend | undefined>;
}

export function networkTools(context: PluginContext): NetworkTools {
  return {
    links: new IpLinks(context.host.commands),
    dnsmasq: new DnsmasqDaemons(context.host, context.directories, context.logger),
    logger: context.logger,
    limit: (bridge, bandwidth) =>
      limitBandwidth(context.host.commands, bridge, bandwidth, { swapped: true, hierarchical: true }),
    firewall: () => context.firewall(),
  };
}
