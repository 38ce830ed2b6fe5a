import { readDocument } from '@virtkit/xml';
import { errorOrigins } from '../../errors/error-origins.js';
import { networkError } from '../errors.js';
import type { Network } from '../network.js';
import type { UpdateFragment } from './change.js';
import { updateDhcpHost, updateDhcpRange } from './dhcp.js';
import { updateDnsHost, updateDnsSrv, updateDnsTxt } from './dns.js';
import { updateForwardInterface } from './forward.js';
import { updatePortGroup } from './portgroup.js';

type Update = (network: Network, change: UpdateFragment) => void;

/** Sections that can be changed; libvirt has no more. */
const sections: Readonly<Record<string, { readonly element: string; readonly update: Update }>> = {
  'ip-dhcp-host': { element: 'host', update: updateDhcpHost },
  'ip-dhcp-range': { element: 'range', update: updateDhcpRange },
  'forward-interface': { element: 'interface', update: updateForwardInterface },
  portgroup: { element: 'portgroup', update: updatePortGroup },
  'dns-host': { element: 'host', update: updateDnsHost },
  'dns-txt': { element: 'txt', update: updateDnsTxt },
  'dns-srv': { element: 'srv', update: updateDnsSrv },
};

/**
 * Changes one section of a definition in place. Throws what a client shall see; the definition may then be half changed,
 * so work on a copy. @libvirt virNetworkUpdate
 */
export function updateNetwork(network: Network, section: string, change: UpdateFragment): void {
  const { root } = readDocument(change.xml, { origin: errorOrigins.NETWORK.number });
  const known = Object.hasOwn(sections, section) ? sections[section] : undefined;
  if (known === undefined)
    throw networkError(
      'OPERATION_UNSUPPORTED',
      `can't update '${section.replace('-', ' ')}' section of network '${network.name}'`,
    );
  if (root.name !== known.element)
    throw networkError(
      'XML_ERROR',
      `unexpected element <${root.name}>, expecting <${known.element}>, while updating network '${network.name}'`,
    );
  known.update(network, change);
}
