import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { errorCode, hasCode, type PoolHandle, type VolumeHandle } from '@virtkit/client';
import { remote as program } from '@virtkit/protocol';
import { attempt, readDocument } from '../attempt.js';
import { type Command, flag, type OptionRow, text, type Values } from '../command.js';
import type { Context } from '../context.js';
import { attributeOf, childOf, devices, markup, textElement } from '../document.js';
import { done, type Output, pairs, plain, table } from '../output.js';
import { Progress } from '../progress.js';
import { bytesOf, readable } from '../scaled.js';
import { CommandError, UsageError } from '../usage-error.js';
import { findPool } from './pools.js';

const group = 'Storage Volume';
const volOption: OptionRow = {
  name: 'vol',
  kind: 'text',
  summary: 'vol name, key or path',
  required: true,
  completes: 'volume',
};
const inPool: OptionRow = { name: 'pool', kind: 'text', summary: 'pool name or uuid', completes: 'pool' };
const poolOption: OptionRow = { ...inPool, required: true };
const types = ['file', 'block', 'dir', 'network', 'netdir', 'ploop'];
const algorithms = ['zero', 'nnsa', 'dod', 'bsi', 'gutmann', 'schneier', 'pfitzner7', 'pfitzner33', 'random', 'trim'];

/** By name in a pool, else by key, else by path. */
async function findVolume(context: Context, words: string, pool: string | undefined): Promise<VolumeHandle> {
  const { remote } = await context.connection();
  const within = pool === undefined ? undefined : await findPool(context, pool);
  const ways = [
    ...(within === undefined ? [] : [() => remote.storageVolLookupByName({ pool: within, name: words })]),
    () => remote.storageVolLookupByKey({ key: words }),
    () => remote.storageVolLookupByPath({ path: words }),
  ];
  let last: unknown;
  for (const look of ways) {
    const found = await look().catch((cause: unknown) => {
      last = cause;
      return undefined;
    });
    if (found !== undefined) return found.vol;
  }
  if (within === undefined && !words.startsWith('/'))
    throw new CommandError(`failed to get vol '${words}', specifying --pool might help`, { cause: last });
  throw new CommandError(`failed to get vol '${words}'`, { cause: last });
}

const theVolume = (context: Context, values: Values): Promise<VolumeHandle> =>
  findVolume(context, values.text('vol'), values.optional('pool'));

function volumeXml(values: Values): string {
  const capacity = bytesOf('capacity', values.text('capacity'));
  const allocation = values.has('allocation') ? bytesOf('allocation', values.text('allocation')) : undefined;
  const format = values.optional('format');
  const backing = values.optional('backing-vol');
  return markup('volume', {}, [
    textElement('name', values.text('name')),
    textElement('capacity', String(capacity)),
    ...(allocation === undefined ? [] : [textElement('allocation', String(allocation))]),
    ...(format === undefined ? [] : [markup('target', {}, [markup('format', { type: format })])]),
    ...(backing === undefined
      ? []
      : [
          markup('backingStore', {}, [
            textElement('path', backing),
            ...(values.has('backing-vol-format')
              ? [markup('format', { type: values.text('backing-vol-format') })]
              : []),
          ]),
        ]),
  ]);
}

async function list(context: Context, values: Values): Promise<Output> {
  const pool = await findPool(context, values.text('pool'));
  const { remote } = await context.connection();
  const { vols } = await attempt('Failed to list volumes', () =>
    remote.storagePoolListAllVolumes({ pool, needResults: 1, flags: 0 }),
  );
  const sorted = [...vols].sort((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
  const facts = await Promise.all(
    sorted.map(async (vol) => ({
      name: vol.name,
      path: (await remote.storageVolGetPath({ vol })).name,
      info: await remote.storageVolGetInfo({ vol }),
    })),
  );
  const data = facts.map(({ name, path, info }) => ({
    name,
    path,
    type: types[info.type],
    capacity: info.capacity,
    allocation: info.allocation,
  }));
  if (!values.flag('details'))
    return {
      ...table(
        ['Name', 'Path'],
        facts.map(({ name, path }) => [name, path]),
      ),
      data,
    };
  const rows = facts.map(({ name, path, info }) => [
    name,
    path,
    types[info.type] ?? 'unknown',
    readable(info.capacity),
    readable(info.allocation),
  ]);
  return { ...table(['Name', 'Path', 'Type', 'Capacity', 'Allocation'], rows), data };
}

async function info(context: Context, values: Values): Promise<Output> {
  const vol = await theVolume(context, values);
  const { remote } = await context.connection();
  const physical = values.flag('physical');
  const facts = physical
    ? await remote.storageVolGetInfoFlags({ vol, flags: 1 })
    : await remote.storageVolGetInfo({ vol });
  const size = (bytes: bigint): string => (values.flag('bytes') ? `${bytes} bytes` : readable(bytes));
  return pairs([
    ['Name', vol.name],
    ['Type', types[facts.type] ?? 'unknown'],
    ['Capacity', size(facts.capacity)],
    [physical ? 'Physical' : 'Allocation', size(facts.allocation)],
  ]);
}

/** For `catch`: `none` where that error says that there is nothing to look at; any other one must be told. */
const noneIf =
  <T>(code: number, none: T) =>
  (cause: unknown): T => {
    if (hasCode(cause, code)) return none;
    throw cause;
  };

/** Running guests whose disks lie in this file, by name. */
async function usersOf(context: Context, path: string): Promise<readonly string[]> {
  const { domains } = await context.connection();
  const running = await domains.list({ active: true }).catch(noneIf(errorCode.noSupport, []));
  const used = await Promise.all(
    running.map(async (domain) => {
      const sources = devices(await domain.xml().catch(noneIf(errorCode.noDomain, '<domain/>')), 'disk').map((disk) =>
        childOf(disk, 'source'),
      );
      return sources.some(
        (source) => source !== undefined && ['file', 'dev'].some((name) => attributeOf(source, name) === path),
      )
        ? [domain.name]
        : [];
    }),
  );
  return used.flat();
}

async function remove(context: Context, values: Values): Promise<Output> {
  const vol = await theVolume(context, values);
  const { remote } = await context.connection();
  const { name: path } = await remote.storageVolGetPath({ vol });
  const users = values.flag('force') ? [] : await usersOf(context, path);
  if (users.length > 0)
    throw new CommandError(`Failed to delete vol ${vol.name}`, {
      cause: new Error(
        `it is a disk of the running domain ${users.map((name) => `'${name}'`).join(', ')}; stop the domain or give --force`,
      ),
    });
  await attempt(`Failed to delete vol ${vol.name}`, () =>
    remote.storageVolDelete({ vol, flags: values.flag('delete-snapshots') ? 2 : 0 }),
  );
  return done(`Vol ${vol.name} deleted`);
}

const range = (values: Values): { readonly offset: bigint; readonly length: bigint } => ({
  offset: bytesOf('offset', values.optional('offset') ?? '0'),
  length: bytesOf('length', values.optional('length') ?? '0'),
});
const transferOptions: readonly OptionRow[] = [
  volOption,
  text('file', 'file', { required: true, completes: 'file' }),
  inPool,
  text('offset', 'volume offset'),
  text('length', 'amount of data'),
  flag('sparse', 'preserve sparseness of volume'),
];

async function download(context: Context, values: Values): Promise<Output> {
  const vol = await theVolume(context, values);
  const connection = await context.connection();
  const file = values.text('file');
  const { stream } = await attempt(`cannot download from volume ${vol.name}`, () =>
    connection.openStream(program, 'storageVolDownload', { vol, ...range(values), flags: 0 }),
  );
  const { capacity } = await connection.remote.storageVolGetInfo({ vol });
  const progress = new Progress(vol.name, capacity);
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of stream) {
      progress.add(chunk.length);
      yield chunk;
    }
  };
  await attempt(`cannot receive data from volume ${vol.name}`, () => pipeline(counted, createWriteStream(file)));
  await attempt(`cannot close volume ${vol.name}`, () => stream.finish());
  progress.end();
  return { text: '', data: { file } };
}

async function upload(context: Context, values: Values): Promise<Output> {
  const vol = await theVolume(context, values);
  const connection = await context.connection();
  const file = values.text('file');
  const { size } = await attempt(`cannot read ${file}`, () => stat(file));
  const { stream } = await attempt(`cannot upload to volume ${vol.name}`, () =>
    connection.openStream(program, 'storageVolUpload', { vol, ...range(values), flags: 0 }),
  );
  const progress = new Progress(vol.name, BigInt(size));
  await attempt(`cannot send data to volume ${vol.name}`, async () => {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
      await stream.write(chunk as Buffer);
      progress.add((chunk as Buffer).length);
    }
  });
  await attempt(`cannot close volume ${vol.name}`, () => stream.finish());
  progress.end();
  return { text: '', data: { vol: vol.name } };
}

async function resize(context: Context, values: Values): Promise<Output> {
  const vol = await theVolume(context, values);
  const { remote } = await context.connection();
  const words = values.text('capacity');
  const delta = values.flag('delta') || words.startsWith('-');
  if (words.startsWith('-') && !values.flag('shrink')) throw new UsageError('negative size requires --shrink');
  const capacity = bytesOf('capacity', words.replace(/^-/, ''));
  const flags = (values.flag('allocate') ? 1 : 0) | (delta ? 2 : 0) | (values.flag('shrink') ? 4 : 0);
  const failure = delta
    ? `Failed to change size of volume '${vol.name}' by ${words}`
    : `Failed to change size of volume '${vol.name}' to ${words}`;
  await attempt(failure, () => remote.storageVolResize({ vol, capacity, flags }));
  const sentence = delta
    ? `Size of volume '${vol.name}' successfully changed by ${words}`
    : `Size of volume '${vol.name}' successfully changed to ${words}`;
  return done(sentence);
}

async function clone(context: Context, values: Values): Promise<Output> {
  const vol = await theVolume(context, values);
  const { remote } = await context.connection();
  const { pool } = await remote.storagePoolLookupByVolume({ vol });
  const name = values.text('newname');
  const xml = (await remote.storageVolGetXMLDesc({ vol, flags: 0 })).xml
    .replace(/<name>[^<]*<\/name>/, textElement('name', name))
    .replace(/<key>[^<]*<\/key>/, '');
  const flags = (values.flag('prealloc-metadata') ? 1 : 0) | (values.flag('reflink') ? 2 : 0);
  await attempt(`Failed to clone vol from ${vol.name}`, () =>
    remote.storageVolCreateXMLFrom({ pool, xml, clonevol: vol, flags }),
  );
  return done(`Vol ${name} cloned from ${vol.name}`);
}

const one = (
  name: string,
  summary: string,
  run: (context: Context, vol: VolumeHandle) => Promise<string>,
): Command => ({
  name,
  group,
  summary,
  options: [volOption, inPool],
  run: async (context, values) => plain(`${await run(context, await theVolume(context, values))}\n`),
});

const created = async (
  context: Context,
  values: Values,
  make: (pool: PoolHandle) => Promise<unknown>,
  failure: string,
  success: string,
): Promise<Output> => {
  const pool = await findPool(context, values.text('pool'));
  await attempt(failure, () => make(pool));
  return done(success);
};

export const volumeCommands: readonly Command[] = [
  {
    name: 'vol-list',
    group,
    summary: 'list vols',
    options: [poolOption, flag('details', 'display extended details for volumes')],
    run: list,
  },
  {
    name: 'vol-info',
    group,
    summary: 'storage vol information',
    options: [
      volOption,
      inPool,
      flag('bytes', 'sizes are represented in bytes rather than pretty units'),
      flag('physical', 'return the physical size of the volume in allocation field'),
    ],
    run: info,
  },
  {
    name: 'vol-dumpxml',
    group,
    summary: 'vol information in XML',
    options: [volOption, inPool],
    run: async (context, values) =>
      plain(
        (
          await (
            await context.connection()
          ).remote.storageVolGetXMLDesc({ vol: await theVolume(context, values), flags: 0 })
        ).xml,
      ),
  },
  {
    name: 'vol-create',
    group,
    summary: 'create a vol from an XML file',
    options: [
      poolOption,
      text('file', 'file containing an XML vol description', { required: true, completes: 'file' }),
      flag('prealloc-metadata', 'preallocate metadata (for qcow2 instead of full allocation)'),
    ],
    run: async (context, values) => {
      const file = values.text('file');
      const pool = await findPool(context, values.text('pool'));
      const xml = await readDocument(file);
      const { remote } = await context.connection();
      const { vol } = await attempt(`Failed to create vol from ${file}`, () =>
        remote.storageVolCreateXML({ pool, xml, flags: values.flag('prealloc-metadata') ? 1 : 0 }),
      );
      return done(`Vol ${vol.name} created from ${file}`, vol);
    },
  },
  {
    name: 'vol-create-as',
    group,
    summary: 'create a volume from a set of args',
    options: [
      poolOption,
      text('name', 'name of the volume', { required: true }),
      text('capacity', 'size of the vol, as scaled integer (default bytes)', { required: true }),
      text('allocation', 'initial allocation size, as scaled integer (default bytes)'),
      text('format', 'file format type raw,bochs,qcow,qcow2,qed,vmdk'),
      text('backing-vol', 'the backing volume if taking a snapshot'),
      text('backing-vol-format', 'format of backing volume if taking a snapshot'),
      flag('prealloc-metadata', 'preallocate metadata (for qcow2 instead of full allocation)'),
      flag('print-xml', "print XML document, but don't define/create"),
    ],
    run: async (context, values) => {
      const xml = volumeXml(values);
      if (values.flag('print-xml')) return plain(`${xml}\n`);
      const { remote } = await context.connection();
      const name = values.text('name');
      return created(
        context,
        values,
        (pool) => remote.storageVolCreateXML({ pool, xml, flags: values.flag('prealloc-metadata') ? 1 : 0 }),
        `Failed to create vol ${name}`,
        `Vol ${name} created`,
      );
    },
  },
  {
    name: 'vol-create-from',
    group,
    summary: 'create a vol, using another volume as input',
    options: [
      poolOption,
      text('file', 'file containing an XML vol description', { required: true, completes: 'file' }),
      volOption,
      text('inputpool', "pool name or uuid of the input volume's pool"),
      flag('prealloc-metadata', 'preallocate metadata'),
      flag('reflink', 'use btrfs COW lightweight copy'),
    ],
    run: async (context, values) => {
      const file = values.text('file');
      const xml = await readDocument(file);
      const clonevol = await findVolume(context, values.text('vol'), values.optional('inputpool'));
      const pool = await findPool(context, values.text('pool'));
      const { remote } = await context.connection();
      const flags = (values.flag('prealloc-metadata') ? 1 : 0) | (values.flag('reflink') ? 2 : 0);
      const { vol } = await attempt(`Failed to create vol from ${file}`, () =>
        remote.storageVolCreateXMLFrom({ pool, xml, clonevol, flags }),
      );
      return done(`Vol ${vol.name} created from input vol ${clonevol.name}`, vol);
    },
  },
  {
    name: 'vol-clone',
    group,
    summary: 'clone a volume.',
    options: [
      volOption,
      text('newname', 'clone name', { required: true }),
      inPool,
      flag('prealloc-metadata', 'preallocate metadata'),
      flag('reflink', 'use btrfs COW lightweight copy'),
    ],
    run: clone,
  },
  {
    name: 'vol-delete',
    group,
    summary: 'delete a vol',
    options: [
      volOption,
      inPool,
      flag('delete-snapshots', 'delete snapshots associated with volume'),
      flag('force', 'also while a running domain uses it'),
    ],
    run: remove,
  },
  {
    name: 'vol-wipe',
    group,
    summary: 'wipe a vol',
    options: [volOption, inPool, text('algorithm', 'perform selected wiping algorithm')],
    run: async (context, values) => {
      const vol = await theVolume(context, values);
      const { remote } = await context.connection();
      const algorithm = algorithms.indexOf(values.optional('algorithm') ?? 'zero');
      if (algorithm < 0) throw new UsageError(`Unsupported algorithm '${values.text('algorithm')}'`);
      await attempt(`Failed to wipe vol ${vol.name}`, () =>
        values.has('algorithm')
          ? remote.storageVolWipePattern({ vol, algorithm, flags: 0 })
          : remote.storageVolWipe({ vol, flags: 0 }),
      );
      return done(`Vol ${vol.name} wiped`);
    },
  },
  {
    name: 'vol-resize',
    group,
    summary: 'resize a vol',
    options: [
      volOption,
      text('capacity', 'new capacity for the vol, as scaled integer (default bytes)', { required: true }),
      inPool,
      flag('allocate', 'allocate the new capacity, rather than leaving it sparse'),
      flag('delta', 'use capacity as a delta to current size, rather than the new size'),
      flag('shrink', 'allow the resize to shrink the volume'),
    ],
    run: resize,
  },
  {
    name: 'vol-download',
    group,
    summary: 'download volume contents to a file',
    options: transferOptions,
    run: download,
  },
  { name: 'vol-upload', group, summary: 'upload file contents to a volume', options: transferOptions, run: upload },
  one(
    'vol-path',
    'returns the volume path for a given volume name or key',
    async (context, vol) => (await (await context.connection()).remote.storageVolGetPath({ vol })).name,
  ),
  one('vol-key', 'returns the volume key for a given volume name or path', (_context, vol) => Promise.resolve(vol.key)),
  one('vol-name', 'returns the volume name for a given volume key or path', (_context, vol) =>
    Promise.resolve(vol.name),
  ),
  one(
    'vol-pool',
    'returns the storage pool for a given volume key or path',
    async (context, vol) => (await (await context.connection()).remote.storagePoolLookupByVolume({ vol })).pool.name,
  ),
];
