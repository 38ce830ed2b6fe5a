import { errorCode, type PoolHandle } from '@virtkit/client';
import {
  defineFlags,
  inactiveFlags,
  listPoolTypes,
  poolBuildFlags,
  poolCreateFlags,
  storagePoolStates,
} from '@virtkit/protocol';
import { attempt } from '../attempt.js';
import { type Command, flag, text, type Values } from '../command.js';
import type { Context } from '../context.js';
import { documentOptions, documentOutput } from '../document-options.js';
import { exclusive } from '../exclusive.js';
import { flagSet, joined } from '../flag-set.js';
import { done, type Output, pairs, plain, table } from '../output.js';
import { readable } from '../scaled.js';
import { UsageError } from '../usage-error.js';
import { poolOptions, poolXml } from './pool-xml.js';
import { poolEvents } from './object-events.js';
import { listFlags, ObjectVerbs, sortedByName, wordsOnly } from './object-verbs.js';

const group = 'Storage Pool';
const verbs = new ObjectVerbs<PoolHandle>({
  group,
  noun: 'pool',
  prefix: 'pool',
  missing: errorCode.noStoragePool,
  byUuid: async (remote, uuid) => (await remote.storagePoolLookupByUUID({ uuid })).pool,
  byName: async (remote, name) => (await remote.storagePoolLookupByName({ name })).pool,
  setAutostart: (remote, pool, autostart) => remote.storagePoolSetAutostart({ pool, autostart }),
});
const stateOf = (state: number): string => storagePoolStates.word(state) ?? 'unknown';

const creating = flagSet(poolCreateFlags, [
  ['build', 'build', 'build the pool as normal'],
  ['overwrite', 'overwrite', 'overwrite any existing data'],
  ['no-overwrite', 'noOverwrite', 'do not overwrite any existing data'],
]);
const building = flagSet(poolBuildFlags, [
  ['overwrite', 'overwrite', 'overwrite any existing data'],
  ['no-overwrite', 'noOverwrite', 'do not overwrite any existing data'],
]);
const dumping = flagSet(inactiveFlags, [['inactive', 'inactive', 'show inactive defined XML']]);
const checking = flagSet(defineFlags, [['validate', 'validate', 'validate the XML against the schema']]);

/** Of types separated by commas. @throws UsageError for one that is none */
function typeFlags(words: string | undefined): number {
  const bits: Readonly<Record<string, number>> = listPoolTypes;
  return joined(
    ...(words?.split(',') ?? []).map((word) => {
      const bit = Object.hasOwn(bits, word) ? bits[word] : undefined;
      if (bit === undefined) throw new UsageError(`Invalid pool type '${word}'`);
      return bit;
    }),
  );
}

/** By uuid, then name. */
export const findPool = (context: Context, words: string): Promise<PoolHandle> => verbs.find(context, words);

async function list(context: Context, values: Values): Promise<Output> {
  const { remote } = await context.connection();
  const flags = joined(listFlags(values), typeFlags(values.optional('type')));
  const { pools } = await remote.connectListAllStoragePools({ needResults: 1, flags });
  const sorted = sortedByName(pools);
  const words = wordsOnly(sorted, values);
  if (words !== undefined) return words;
  const facts = await Promise.all(
    sorted.map(async (pool) => ({
      pool,
      info: await remote.storagePoolGetInfo({ pool }),
      auto: (await remote.storagePoolGetAutostart({ pool })).autostart !== 0,
      kept: (await remote.storagePoolIsPersistent({ pool })).persistent !== 0,
    })),
  );
  const data = facts.map(({ pool, info, auto, kept }) => ({
    name: pool.name,
    uuid: pool.uuid,
    state: stateOf(info.state),
    autostart: auto,
    persistent: kept,
    capacity: info.capacity,
    allocation: info.allocation,
    available: info.available,
  }));
  const yes = (value: boolean): string => (value ? 'yes' : 'no');
  if (!values.flag('details'))
    return {
      ...table(
        ['Name', 'State', 'Autostart'],
        facts.map(({ pool, info, auto }) => [
          pool.name,
          stateOf(info.state) === 'inactive' ? 'inactive' : 'active',
          yes(auto),
        ]),
      ),
      data,
    };
  const size = (state: number, bytes: bigint): string => (stateOf(state) === 'running' ? readable(bytes) : '-');
  const rows = facts.map(({ pool, info, auto, kept }) => [
    pool.name,
    stateOf(info.state),
    yes(auto),
    yes(kept),
    size(info.state, info.capacity),
    size(info.state, info.allocation),
    size(info.state, info.available),
  ]);
  return { ...table(['Name', 'State', 'Autostart', 'Persistent', 'Capacity', 'Allocation', 'Available'], rows), data };
}

async function info(context: Context, values: Values): Promise<Output> {
  const pool = await verbs.named(context, values);
  const { remote } = await context.connection();
  const facts = await remote.storagePoolGetInfo({ pool });
  const { persistent } = await remote.storagePoolIsPersistent({ pool });
  const { autostart } = await remote.storagePoolGetAutostart({ pool });
  const size = (bytes: bigint): string => (values.flag('bytes') ? String(bytes) : readable(bytes));
  const sizes = ['running', 'degraded'].includes(stateOf(facts.state))
    ? ([
        ['Capacity', size(facts.capacity)],
        ['Allocation', size(facts.allocation)],
        ['Available', size(facts.available)],
      ] as const)
    : [];
  return pairs([
    ['Name', pool.name],
    ['UUID', pool.uuid],
    ['State', stateOf(facts.state)],
    ['Persistent', persistent === 0 ? 'no' : 'yes'],
    ['Autostart', autostart === 0 ? 'no' : 'yes'],
    ...sizes,
  ]);
}

export const poolCommands: readonly Command[] = [
  {
    name: 'pool-list',
    group,
    summary: 'list pools',
    options: [
      flag('inactive', 'list inactive pools'),
      flag('all', 'list inactive & active pools'),
      flag('transient', 'list transient pools'),
      flag('persistent', 'list persistent pools'),
      flag('autostart', 'list pools with autostart enabled'),
      flag('no-autostart', 'list pools with autostart disabled'),
      text('type', 'only list pool of specified type(s)', { named: true, words: Object.keys(listPoolTypes) }),
      flag('details', 'display extended details for pools'),
      flag('uuid', 'list UUID of pools only'),
      flag('name', 'list name of pools only'),
    ],
    run: list,
  },
  {
    name: 'pool-info',
    group,
    summary: 'storage pool information',
    options: [verbs.option, flag('bytes', 'Return pool info in bytes')],
    run: info,
  },
  {
    name: 'pool-dumpxml',
    group,
    summary: 'pool information in XML',
    options: [verbs.option, ...dumping.options, ...documentOptions],
    run: async (context, values) => {
      const pool = await verbs.named(context, values);
      const { remote } = await context.connection();
      const { xml } = await remote.storagePoolGetXMLDesc({ pool, flags: dumping.bits(values) });
      return documentOutput(xml, values);
    },
  },
  verbs.edit({
    summary: 'edit XML configuration for a storage pool',
    read: (remote, pool) => remote.storagePoolGetXMLDesc({ pool, flags: inactiveFlags.inactive }),
    write: (remote, xml) => remote.storagePoolDefineXML({ xml, flags: 0 }),
  }),
  poolEvents(verbs),
  verbs.uuid(),
  verbs.name(),
  verbs.fromFile({
    verb: 'define',
    summary: 'define an inactive persistent storage pool or modify an existing persistent one from an XML file',
    options: checking.options,
    run: async (remote, xml, values) => (await remote.storagePoolDefineXML({ xml, flags: checking.bits(values) })).pool,
  }),
  verbs.fromFile({
    verb: 'create',
    summary: 'create a pool from an XML file',
    options: creating.options,
    run: async (remote, xml, values) => (await remote.storagePoolCreateXML({ xml, flags: creating.bits(values) })).pool,
  }),
  {
    name: 'pool-define-as',
    group,
    summary: 'define a pool from a set of args',
    options: poolOptions,
    run: async (context, values) => {
      const xml = poolXml(values);
      if (values.flag('print-xml')) return plain(`${xml}\n`);
      const { remote } = await context.connection();
      const { pool } = await attempt(`Failed to define pool ${values.text('name')}`, () =>
        remote.storagePoolDefineXML({ xml, flags: 0 }),
      );
      return done(`Pool ${pool.name} defined`, pool);
    },
  },
  {
    name: 'pool-create-as',
    group,
    summary: 'create a pool from a set of args',
    options: [...poolOptions, ...creating.options],
    run: async (context, values) => {
      const xml = poolXml(values);
      if (values.flag('print-xml')) return plain(`${xml}\n`);
      const { remote } = await context.connection();
      const { pool } = await attempt(`Failed to create pool ${values.text('name')}`, () =>
        remote.storagePoolCreateXML({ xml, flags: creating.bits(values) }),
      );
      return done(`Pool ${pool.name} created`, pool);
    },
  },
  verbs.action({
    verb: 'build',
    summary: 'build a pool',
    failure: 'Failed to build pool',
    success: 'built',
    options: building.options,
    run: (remote, pool, values) => {
      exclusive(values, 'overwrite', 'no-overwrite');
      return remote.storagePoolBuild({ pool, flags: building.bits(values) });
    },
  }),
  verbs.action({
    verb: 'start',
    summary: 'start a (previously defined) inactive pool',
    failure: 'Failed to start pool',
    success: 'started',
    options: creating.options,
    run: (remote, pool, values) => {
      exclusive(values, 'overwrite', 'no-overwrite');
      return remote.storagePoolCreate({ pool, flags: creating.bits(values) });
    },
  }),
  verbs.action({
    verb: 'destroy',
    summary: 'destroy (stop) a pool',
    failure: 'Failed to destroy pool',
    success: 'destroyed',
    run: (remote, pool) => remote.storagePoolDestroy({ pool }),
  }),
  verbs.action({
    verb: 'delete',
    summary: 'delete a pool',
    failure: 'Failed to delete pool',
    success: 'deleted',
    run: (remote, pool) => remote.storagePoolDelete({ pool, flags: 0 }),
  }),
  verbs.action({
    verb: 'undefine',
    summary: 'undefine an inactive pool',
    failure: 'Failed to undefine pool',
    success: 'has been undefined',
    run: (remote, pool) => remote.storagePoolUndefine({ pool }),
  }),
  verbs.action({
    verb: 'refresh',
    summary: 'refresh a pool',
    failure: 'Failed to refresh pool',
    success: 'refreshed',
    run: (remote, pool) => remote.storagePoolRefresh({ pool, flags: 0 }),
  }),
  verbs.autostart(),
  {
    name: 'pool-capabilities',
    group,
    summary: 'storage pool capabilities',
    options: [],
    run: async (context) =>
      plain(
        (
          await attempt('failed to get storage pool capabilities', async () =>
            (await context.connection()).remote.connectGetStoragePoolCapabilities({ flags: 0 }),
          )
        ).capabilities,
      ),
  },
];
