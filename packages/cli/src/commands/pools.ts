import type { PoolHandle } from '@virtkit/client';
import { attempt, readDocument } from '../attempt.js';
import { type Command, flag, type OptionRow, text, type Values } from '../command.js';
import type { Context } from '../context.js';
import { markup, textElement } from '../document.js';
import { bare, done, type Output, pairs, plain, table } from '../output.js';
import { readable } from '../scaled.js';

const group = 'Storage Pool';
const poolOption: OptionRow = {
  name: 'pool',
  kind: 'text',
  summary: 'pool name or uuid',
  required: true,
  completes: 'pool',
};
const states = ['inactive', 'building', 'running', 'degraded', 'inaccessible'];

const build: readonly (readonly [name: string, bit: number, summary: string])[] = [
  ['build', 1, 'build the pool as normal'],
  ['overwrite', 2, 'overwrite any existing data'],
  ['no-overwrite', 4, 'do not overwrite any existing data'],
];
const buildFlags = (values: Values): number =>
  build.reduce((flags, [name, bit]) => flags | (values.flag(name) ? bit : 0), 0);
const buildOptions = build.map(([name, , summary]) => flag(name, summary));

/** By name, then uuid. */
export async function findPool(context: Context, words: string): Promise<PoolHandle> {
  const { remote } = await context.connection();
  const byUuid = /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(words);
  return attempt(`failed to get pool '${words}'`, async () => {
    if (byUuid) {
      const found = await remote.storagePoolLookupByUUID({ uuid: words.toLowerCase() }).catch(() => undefined);
      if (found !== undefined) return found.pool;
    }
    return (await remote.storagePoolLookupByName({ name: words })).pool;
  });
}

const sentence = (
  name: string,
  summary: string,
  failure: string,
  success: (pool: string, values: Values) => string,
  run: (
    remote: Awaited<ReturnType<Context['connection']>>['remote'],
    pool: PoolHandle,
    values: Values,
  ) => Promise<unknown>,
  options: readonly OptionRow[] = [],
): Command => ({
  name,
  group,
  summary,
  options: [poolOption, ...options],
  run: async (context, values) => {
    const pool = await findPool(context, values.text('pool'));
    const { remote } = await context.connection();
    await attempt(`${failure} ${pool.name}`, () => run(remote, pool, values));
    return done(success(pool.name, values));
  },
});

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

/** @libvirt virConnectListAllStoragePoolsFlags */
const listFlags = (values: Values): number =>
  (values.flag('all') ? 3 : values.flag('inactive') ? 1 : 2) |
  (values.flag('persistent') ? 4 : 0) |
  (values.flag('transient') ? 8 : 0) |
  (values.flag('autostart') ? 16 : 0) |
  (values.flag('no-autostart') ? 32 : 0);

async function list(context: Context, values: Values): Promise<Output> {
  const { remote } = await context.connection();
  const { pools } = await remote.connectListAllStoragePools({ needResults: 1, flags: listFlags(values) });
  const sorted = [...pools].sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
  if (values.flag('name') || values.flag('uuid')) {
    const words = sorted.map((pool) => (values.flag('uuid') ? pool.uuid : pool.name));
    return bare(words.map((word) => `${word}\n`).join(''), words);
  }
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
  const pool = await findPool(context, values.text('pool'));
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

const fromFile = (
  name: string,
  summary: string,
  failure: string,
  participle: string,
  run: (
    remote: Awaited<ReturnType<Context['connection']>>['remote'],
    xml: string,
    values: Values,
  ) => Promise<{ readonly pool: PoolHandle }>,
  options: readonly OptionRow[],
): Command => ({
  name,
  group,
  summary,
  options: [text('file', 'file containing an XML pool description', { required: true, completes: 'file' }), ...options],
  run: async (context, values) => {
    const file = values.text('file');
    const xml = await readDocument(file);
    const { remote } = await context.connection();
    const { pool } = await attempt(`Failed to ${failure} pool from ${file}`, () => run(remote, xml, values));
    return done(`Pool ${pool.name} ${participle} from ${file}`, pool);
  },
});

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
    options: [poolOption, flag('bytes', 'Return pool info in bytes')],
    run: info,
  },
  {
    name: 'pool-dumpxml',
    group,
    summary: 'pool information in XML',
    options: [poolOption, flag('inactive', 'show inactive defined XML')],
    run: async (context, values) =>
      plain(
        (
          await (
            await context.connection()
          ).remote.storagePoolGetXMLDesc({
            pool: await findPool(context, values.text('pool')),
            flags: values.flag('inactive') ? 1 : 0,
          })
        ).xml,
      ),
  },
  {
    name: 'pool-uuid',
    group,
    summary: 'convert a pool name to pool UUID',
    options: [poolOption],
    run: async (context, values) => plain(`${(await findPool(context, values.text('pool'))).uuid}\n`),
  },
  {
    name: 'pool-name',
    group,
    summary: 'convert a pool UUID to pool name',
    options: [poolOption],
    run: async (context, values) => plain(`${(await findPool(context, values.text('pool'))).name}\n`),
  },
  fromFile(
    'pool-define',
    'define an inactive persistent storage pool or modify an existing persistent one from an XML file',
    'define',
    'defined',
    (remote, xml, values) => remote.storagePoolDefineXML({ xml, flags: values.flag('validate') ? 1 : 0 }),
    [flag('validate', 'validate the XML against the schema')],
  ),
  fromFile(
    'pool-create',
    'create a pool from an XML file',
    'create',
    'created',
    (remote, xml, values) => remote.storagePoolCreateXML({ xml, flags: buildFlags(values) }),
    buildOptions,
  ),
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
  sentence(
    'pool-build',
    'build a pool',
    'Failed to build pool',
    (name) => `Pool ${name} built`,
    (remote, pool, values) =>
      remote.storagePoolBuild({
        pool,
        flags: (values.flag('overwrite') ? 8 : 0) | (values.flag('no-overwrite') ? 4 : 0),
      }),
    buildOptions.slice(1),
  ),
  sentence(
    'pool-start',
    'start a (previously defined) inactive pool',
    'Failed to start pool',
    (name) => `Pool ${name} started`,
    (remote, pool, values) => remote.storagePoolCreate({ pool, flags: buildFlags(values) }),
    buildOptions,
  ),
  sentence(
    'pool-destroy',
    'destroy (stop) a pool',
    'Failed to destroy pool',
    (name) => `Pool ${name} destroyed`,
    (remote, pool) => remote.storagePoolDestroy({ pool }),
  ),
  sentence(
    'pool-delete',
    'delete a pool',
    'Failed to delete pool',
    (name) => `Pool ${name} deleted`,
    (remote, pool) => remote.storagePoolDelete({ pool, flags: 0 }),
  ),
  sentence(
    'pool-undefine',
    'undefine an inactive pool',
    'Failed to undefine pool',
    (name) => `Pool ${name} has been undefined`,
    (remote, pool) => remote.storagePoolUndefine({ pool }),
  ),
  sentence(
    'pool-refresh',
    'refresh a pool',
    'Failed to refresh pool',
    (name) => `Pool ${name} refreshed`,
    (remote, pool) => remote.storagePoolRefresh({ pool, flags: 0 }),
  ),
  sentence(
    'pool-autostart',
    'autostart a pool',
    'failed to mark pool',
    (name, values) => `Pool ${name} ${values.flag('disable') ? 'unmarked' : 'marked'} as autostarted`,
    (remote, pool, values) => remote.storagePoolSetAutostart({ pool, autostart: values.flag('disable') ? 0 : 1 }),
    [flag('disable', 'disable autostarting')],
  ),
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
