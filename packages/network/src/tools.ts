import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FirewallBackend, Logger, PluginContext } from '@virtkit/core';
import { IpLinks, limitBandwidth, type Links } from '@virtkit/host';
import type { Bandwidth } from '@virtkit/schema';
import { DnsmasqDaemons } from './dnsmasq/daemon.js';
import { networkKind } from './network-kind.js';

/** What starting and stopping a network takes. */
export interface NetworkTools {
  readonly links: Links;
  readonly dnsmasq: DnsmasqDaemons;
  readonly logger: Logger;
  /** Whether this host had no networks of ours yet and is given the first one. */
  isNewHost(): boolean;
  /** Limits the bridge of a network, with room for guests that are guaranteed a rate. */
  limit(bridge: string, bandwidth: Bandwidth): Promise<void>;
  firewall(): Promise<FirewallBackend | undefined>;
}

export function networkTools(context: PluginContext): NetworkTools {
  return {
    links: new IpLinks(context.host.commands),
    dnsmasq: new DnsmasqDaemons(context.host, context.directories, context.logger),
    logger: context.logger,
    isNewHost: () =>
      !context.session &&
      context.config['defaultNetwork'] !== false &&
      !existsSync(join(context.directories.config, networkKind.directory)),
    limit: (bridge, bandwidth) =>
      limitBandwidth(context.host.commands, bridge, bandwidth, { swapped: true, hierarchical: true }),
    firewall: () => context.firewall(),
  };
}
