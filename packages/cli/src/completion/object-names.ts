import { listPoolsFlags } from '@virtkit/protocol';
import type { Connection } from '@virtkit/client';
import type { OptionRow } from '../command.js';
import type { Context } from '../context.js';

type Kind = NonNullable<OptionRow['completes']>;

/** Where names of objects come from. A daemon that does not answer offers none. @param domain whose snapshots are meant */
export type Names = (kind: Kind, domain?: string) => Promise<readonly string[]>;

async function volumes({ remote }: Connection): Promise<readonly string[]> {
  const { pools } = await remote.connectListAllStoragePools({ needResults: 1, flags: listPoolsFlags.active });
  const lists = await Promise.all(
    pools.map(async (pool) => (await remote.storagePoolListAllVolumes({ pool, needResults: 1, flags: 0 })).vols),
  );
  return [...new Set(lists.flat().flatMap(({ name, key }) => [name, key]))];
}

async function snapshots(context: Context, domain: string | undefined): Promise<readonly string[]> {
  if (domain === undefined) return [];
  const { handle: dom } = await context.domain(domain);
  const { remote } = await context.connection();
  const found = await remote.domainListAllSnapshots({ dom, needResults: 1, flags: 0 });
  return found.snapshots.map(({ name }) => name);
}

async function namesOf(context: Context, kind: Kind, domain: string | undefined): Promise<readonly string[]> {
  const connection = await context.connection();
  switch (kind) {
    case 'domain':
      return (await connection.domains.list()).map(({ name }) => name);
    case 'pool':
      return (await connection.storagePools.list()).map(({ name }) => name);
    case 'network':
      return (await connection.networks.list()).map(({ name }) => name);
    case 'volume':
      return volumes(connection);
    case 'snapshot':
      return snapshots(context, domain);
    case 'file':
      return []; // the shell knows them
  }
}

/** Names of what the daemon of this connection has. */
export const namesFrom =
  (context: Context): Names =>
  (kind, domain) =>
    namesOf(context, kind, domain).catch(() => []);
