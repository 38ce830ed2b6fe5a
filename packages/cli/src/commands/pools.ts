import { errorCode, type PoolHandle } from '@virtkit/client';
import { attempt } from '../attempt.js';
import { type Command, flag, type OptionRow, text, type Values } from '../command.js';
import type { Context } from '../context.js';
import { markup, textElement } from '../document.js';
import { done, type Output, pairs, plain, table } from '../output.js';
import { readable } from '../scaled.js';
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
const states = ['inactive', 'building', 'running', 'degraded', 'inaccessible'];

const build: readonly (readonly [name: string, bit: number, summary: string])[] = [
  ['build', 1, 'build the pool as normal'],
  ['overwrite', 2, 'overwrite any existing data'],
  ['no-overwrite', 4, 'do not overwrite any existing data'],
];
const buildFlags = (values: Values): number =>
  build.reduce((flags, [name, bit]) => flags | (values.flag(name) ? bit : 0), 0);
const buildOptions = build.map(([name, , summary]) => flag(name, summary));

/** By uuid, then name. */
export const findPool = (context: Context, words: string): Promise<PoolHandle> => verbs.find(context, words);

/** `<pool>` of the options of `pool-define-as` and `pool-create-as`. */
function poolXml(values: Values): string {
  const source = [
    ...(values.has('source-host') ? [markup('host', { name: values.text('source-host') })] : []),
    ...(values.has('source-path') ? [markup('dir', { path: values.text('source-path') })] : []),
    ...(values.has('source-dev') ? [markup('device', { path: values.text('source-dev') })] : []),
    ...(values.has('source-name') ? [textElement('name', values.text('source-name'))] : []),
    ...(values.has('source-format') ? [markup('format', { type: values.text('source-format') })] : []),
  ];
  return markup('pool', { type: values.text('type') }, [
    textElement('name', values.text('name')),
    ...(source.length === 0 ? [] : [markup('source', {}, source)]),
    ...(values.has('target') ? [markup('target', {}, [textElement('path', values.text('target'))])] : []),
  ]);
}
const asOptions: readonly OptionRow[] = [
  text('name', 'name of the pool', { required: true }),
  text('type', 'type of the pool', { required: true }),
  text('source-host', 'source-host for underlying storage'),
  text('source-path', 'source path for underlying storage'),
  text('source-dev', 'source device for underlying storage'),
  text('source-name', 'source name for underlying storage'),
  text('target', 'target for underlying storage'),
  text('source-format', 'format for underlying storage'),
  flag('print-xml', "print XML document, but don't define/create"),
];

async function list(context: Context, values: Values): Promise<Output> {
  const { remote } = await context.connection();
  const { pools } = await remote.connectListAllStoragePools({ needResults: 1, flags: listFlags(values) });
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
    state: states[info.state],
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
        facts.map(({ pool, info, auto }) => [pool.name, info.state === 0 ? 'inactive' : 'active', yes(auto)]),
      ),
      data,
    };
  const size = (state: number, bytes: bigint): string => (state === 2 ? readable(bytes) : '-');
  const rows = facts.map(({ pool, info, auto, kept }) => [
    pool.name,
    states[info.state] ?? 'unknown',
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
  const sizes =
    facts.state === 2 || facts.state === 3
      ? ([
          ['Capacity', size(facts.capacity)],
          ['Allocation', size(facts.allocation)],
          ['Available', size(facts.available)],
        ] as const)
      : [];
  return pairs([
    ['Name', pool.name],
    ['UUID', pool.uuid],
    ['State', states[facts.state] ?? 'unknown'],
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
    options: ['inactive', 'all', 'transient', 'persistent', 'autostart', 'no-autostart', 'details', 'uuid', 'name'].map(
      (name) => flag(name, `list ${name} pools`),
    ),
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
    options: [verbs.option, flag('inactive', 'show inactive defined XML')],
    run: async (context, values) =>
      plain(
        (
          await (
            await context.connection()
          ).remote.storagePoolGetXMLDesc({
            pool: await verbs.named(context, values),
            flags: values.flag('inactive') ? 1 : 0,
          })
        ).xml,
      ),
  },
  verbs.uuid(),
  verbs.name(),
  verbs.fromFile({
    verb: 'define',
    summary: 'define an inactive persistent storage pool or modify an existing persistent one from an XML file',
    options: [flag('validate', 'validate the XML against the schema')],
    run: async (remote, xml, values) =>
      (await remote.storagePoolDefineXML({ xml, flags: values.flag('validate') ? 1 : 0 })).pool,
  }),
  verbs.fromFile({
    verb: 'create',
    summary: 'create a pool from an XML file',
    options: buildOptions,
    run: async (remote, xml, values) => (await remote.storagePoolCreateXML({ xml, flags: buildFlags(values) })).pool,
  }),
  {
    name: 'pool-define-as',
    group,
    summary: 'define a pool from a set of args',
    options: asOptions,
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
    options: [...asOptions, ...buildOptions],
    run: async (context, values) => {
      const xml = poolXml(values);
      if (values.flag('print-xml')) return plain(`${xml}\n`);
      const { remote } = await context.connection();
      const { pool } = await attempt(`Failed to create pool ${values.text('name')}`, () =>
        remote.storagePoolCreateXML({ xml, flags: buildFlags(values) }),
      );
      return done(`Pool ${pool.name} created`, pool);
    },
  },
  verbs.action({
    verb: 'build',
    summary: 'build a pool',
    failure: 'Failed to build pool',
    success: 'built',
    options: buildOptions.slice(1),
    run: (remote, pool, values) =>
      remote.storagePoolBuild({
        pool,
        flags: (values.flag('overwrite') ? 8 : 0) | (values.flag('no-overwrite') ? 4 : 0),
      }),
  }),
  verbs.action({
    verb: 'start',
    summary: 'start a (previously defined) inactive pool',
    failure: 'Failed to start pool',
    success: 'started',
    options: buildOptions,
    run: (remote, pool, values) => remote.storagePoolCreate({ pool, flags: buildFlags(values) }),
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
