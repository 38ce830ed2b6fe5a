import { networkError } from '../errors.js';
import type { Network } from '../network.js';
import type { UpdateFragment } from './change.js';
import { updateDhcpHost, updateDhcpRange } from './dhcp.js';
import { updateDnsHost, updateDnsSrv, updateDnsTxt } from './dns.js';
import { updateForwardInterface } from './forward.js';
import { updatePortGroup } from './portgroup.js';

type Update = (network: Network, change: UpdateFragment) => void;

/** Sections that can be changed; libvirt has no more. */
const sections = {
  'ip-dhcp-host': updateDhcpHost,
  'ip-dhcp-range': updateDhcpRange,
  'forward-interface': updateForwardInterface,
  portgroup: updatePortGroup,
  'dns-host': updateDnsHost,
  'dns-txt': updateDnsTxt,
  'dns-srv': updateDnsSrv,
} as const satisfies Readonly<Record<string, Update>>;

/**
 * Changes one section of a definition in place. Throws what a client shall see; the definition may then be half changed,
 * so work on a copy. @libvirt virNetworkUpdate
 */
export function updateNetwork(network: Network, section: string, change: UpdateFragment): void {
  const update: Update | undefined = Object.hasOwn(sections, section)
    ? sections[section as keyof typeof sections]
    : undefined;
  if (update === undefined)
    throw networkError(
      'NO_SUPPORT',
      `can't update '${section.replace('-', ' ')}' section of network '${network.name}'`,
    );
  update(network, change);
}
