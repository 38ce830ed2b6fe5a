import type { Connection, ConnectUri, HypervisorDriver, OpenCall, PluginContext } from '@virtkit/core';
import { findCredentials } from './credentials.js';
import { esxError } from './errors.js';
import { configurationFacet } from './facets/configuration-facet.js';
import { domainFacet } from './facets/domain-facet.js';
import { eventsFacet } from './facets/events-facet.js';
import { hostFacet } from './facets/host-facet.js';
import { jobsFacet } from './facets/jobs-facet.js';
import { lifecycleFacet } from './facets/lifecycle-facet.js';
import { networkFacet } from './facets/network-facet.js';
import { snapshotFacet } from './facets/snapshot-facet.js';
import { storageFacet } from './facets/storage-facet.js';
import { readUri } from './uri.js';
import { Guests } from './vim/guests.js';
import { VimSession } from './vim/session.js';

/** A connection to a host or a vCenter. */
export type EsxConnection = Connection &
  Required<Pick<Connection, 'lifecycle' | 'configuration' | 'events' | 'jobs' | 'snapshot' | 'storage' | 'network'>> & {
    /** SOAP requests sent so far, for those who count them. */
    readonly requests: number;
  };

type EsxContext = Pick<PluginContext, 'logger' | 'directories'>;

/** VMware ESX hosts and vCenter, through their own API. Keeps no state. */
export function esxDriver(context: EsxContext): HypervisorDriver<EsxConnection> {
  return {
    traits: { state: 'remote' },
    dialect: { virtTypes: ['vmware'] },
    origin: 'ESX',
    open: (uri, call) => open(uri, call, context),
  };
}

async function open(uri: ConnectUri, call: OpenCall, { logger, directories }: EsxContext): Promise<EsxConnection> {
  const { endpoint, path, user } = readUri(uri);
  const query = {
    scheme: uri.scheme,
    host: endpoint.host,
    config: directories.config,
    ...(user === undefined ? {} : { user }),
  };
  const session = new VimSession(endpoint, await findCredentials(query, call));
  const guests = new Guests(session, path);
  try {
    await session.open(call);
    await refuseOtherProduct(uri, session);
    await guests.place(call);
  } catch (error) {
    await session.close();
    throw error;
  }
  return connection(uri, guests, logger);
}

async function refuseOtherProduct(uri: ConnectUri, { content, endpoint }: VimSession): Promise<void> {
  if (uri.scheme === 'vpx' && content.product === 'ESX')
    throw esxError(
      'INVALID_ARG',
      `'${endpoint.host}' is neither a vCenter 2.5, 4.x, 5.x nor 6.x server; reach it as esx://`,
    );
  if (uri.scheme === 'esx' && content.product === 'vCenter')
    throw esxError(
      'INVALID_ARG',
      `'${endpoint.host}' is neither an ESX(i) 3.5, 4.x, 5.x nor 6.x host; reach it as vpx://`,
    );
}

function connection(uri: ConnectUri, guests: Guests, logger: PluginContext['logger']): EsxConnection {
  const { session } = guests;
  const secure = session.endpoint.transport === 'https';
  let open = true;
  return {
    accepts: { 'snapshot.create': ['quiesce', 'diskOnly'], 'snapshot.delete': ['also'] },
    uri: uri.text,
    link: { encrypted: secure, secure },
    host: hostFacet(guests),
    domain: domainFacet(guests),
    lifecycle: lifecycleFacet(guests),
    configuration: configurationFacet(guests),
    events: eventsFacet(guests, logger),
    jobs: jobsFacet(guests),
    snapshot: snapshotFacet(guests),
    storage: storageFacet(guests),
    network: networkFacet(guests),
    alive: () => open,
    async close() {
      open = false;
      await session.close();
    },
    get requests() {
      return session.requests;
    },
  };
}
