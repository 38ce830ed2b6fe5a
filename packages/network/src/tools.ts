import type { FirewallBackend, Logger, PluginContext } from '@virtkit/core';
import { IpLinks, type Links } from '@virtkit/host';
import { DnsmasqDaemons } from './dnsmasq/daemon.js';

/** What starting and stopping a network takes. */
export interface NetworkTools {
  readonly links: Links;
  readonly dnsmasq: DnsmasqDaemons;
  readonly logger: Logger;
  firewall(): Promise<FirewallBackend | undefined>;
}

export function networkTools(context: PluginContext): NetworkTools {
  return {
    links: new IpLinks(context.host.commands),
    dnsmasq: new DnsmasqDaemons(context.host, context.directories, context.logger),
    logger: context.logger,
    firewall: () => context.firewall(),
  };
}
