import { errorCode, hasCode, type PoolHandle, type VolumeHandle } from '@virtkit/client';
import {
  storageVolTypes,
  volumeCreateFlags,
  volumeDeleteFlags,
  volumeInfoFlags,
  volumeResizeFlags,
  wipeAlgorithms,
} from '@virtkit/protocol';
import { attempt, readDocument } from '../attempt.js';
import { type Command, flag, text, type Values } from '../command.js';
import type { Context } from '../context.js';
import { attributeOf, childOf, devices, markup, textElement } from '../document.js';
import { documentOptions, documentOutput } from '../document-options.js';
import { flagSet, joined } from '../flag-set.js';
import { done, type Output, pairs, plain, table } from '../output.js';
import { bytesOf, readable } from '../scaled.js';
import { CommandError, UsageError } from '../usage-error.js';
import { findPool } from './pools.js';
import { findVolume, inPool, poolOption, theVolume, volOption } from './volume-lookup.js';
import { download, transferOptions, upload } from './volume-transfer.js';

const group = 'Storage Volume';
const creating = flagSet(volumeCreateFlags, [
  ['prealloc-metadata', 'preallocMetadata', 'preallocate metadata (for qcow2 instead of full allocation)'],
]);
const cloning = flagSet(volumeCreateFlags, [['reflink', 'reflink', 'use btrfs COW lightweight copy']]);
const checking = flagSet(volumeCreateFlags, [['validate', 'validate', 'validate the XML against the schema']]);
const resizing = flagSet(volumeResizeFlags, [
  ['allocate', 'allocate', 'allocate the new capacity, rather than leaving it sparse'],
  ['delta', 'delta', 'use capacity as a delta to current size, rather than the new size'],
  ['shrink', 'shrink', 'allow the resize to shrink the volume'],
]);
const deleting = flagSet(volumeDeleteFlags, [
  ['delete-snapshots', 'withSnapshots', 'delete snapshots associated with volume'],
]);
const looking = flagSet(volumeInfoFlags, [
  ['physical', 'physical', 'return the physical size of the volume in allocation field'],
]);
const typeOf = (type: number): string => storageVolTypes.word(type) ?? 'unknown';

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
    type: typeOf(info.type),
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
    typeOf(info.type),
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
    ? await remote.storageVolGetInfoFlags({ vol, flags: looking.bits(values) })
    : await remote.storageVolGetInfo({ vol });
  const size = (bytes: bigint): string => (values.flag('bytes') ? `${bytes} bytes` : readable(bytes));
  return pairs([
    ['Name', vol.name],
    ['Type', typeOf(facts.type)],
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
    remote.storageVolDelete({ vol, flags: deleting.bits(values) }),
  );
  return done(`Vol ${vol.name} deleted`);
}

async function resize(context: Context, values: Values): Promise<Output> {
  const vol = await theVolume(context, values);
  const { remote } = await context.connection();
  const words = values.text('capacity');
  const delta = values.flag('delta') || words.startsWith('-');
  if (words.startsWith('-') && !values.flag('shrink')) throw new UsageError('negative size requires --shrink');
  const capacity = bytesOf('capacity', words.replace(/^-/, ''));
  const flags = resizing.bits(values) | (delta ? volumeResizeFlags.delta : 0);
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
  const { xml: present } = await remote.storageVolGetXMLDesc({ vol, flags: 0 });
  const xml = present
    .replace(/<name>[^<]*<\/name>/, () => textElement('name', name))
    .replace(/ *<key>[^<]*<\/key>\n?/, '');
  if (values.flag('print-xml')) return plain(xml);
  const flags = joined(creating.bits(values), cloning.bits(values));
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
      ...looking.options,
    ],
    run: info,
  },
  {
    name: 'vol-dumpxml',
    group,
    summary: 'vol information in XML',
    options: [volOption, inPool, ...documentOptions],
    run: async (context, values) => {
      const vol = await theVolume(context, values);
      const { remote } = await context.connection();
      return documentOutput((await remote.storageVolGetXMLDesc({ vol, flags: 0 })).xml, values);
    },
  },
  {
    name: 'vol-create',
    group,
    summary: 'create a vol from an XML file',
    options: [
      poolOption,
      text('file', 'file containing an XML vol description', { required: true, completes: 'file' }),
      ...creating.options,
      ...checking.options,
    ],
    run: async (context, values) => {
      const file = values.text('file');
      const pool = await findPool(context, values.text('pool'));
      const xml = await readDocument(file);
      const { remote } = await context.connection();
      const { vol } = await attempt(`Failed to create vol from ${file}`, () =>
        remote.storageVolCreateXML({ pool, xml, flags: joined(creating.bits(values), checking.bits(values)) }),
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
      ...creating.options,
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
        (pool) => remote.storageVolCreateXML({ pool, xml, flags: creating.bits(values) }),
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
      ...creating.options,
      ...cloning.options,
      ...checking.options,
    ],
    run: async (context, values) => {
      const file = values.text('file');
      const xml = await readDocument(file);
      const clonevol = await findVolume(context, values.text('vol'), values.optional('inputpool'));
      const pool = await findPool(context, values.text('pool'));
      const { remote } = await context.connection();
      const flags = joined(creating.bits(values), cloning.bits(values), checking.bits(values));
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
      ...creating.options,
      ...cloning.options,
      flag('print-xml', 'print XML document rather than clone the volume'),
    ],
    run: clone,
  },
  {
    name: 'vol-delete',
    group,
    summary: 'delete a vol',
    options: [volOption, inPool, ...deleting.options, flag('force', 'also while a running domain uses it')],
    run: remove,
  },
  {
    name: 'vol-wipe',
    group,
    summary: 'wipe a vol',
    options: [
      volOption,
      inPool,
      text('algorithm', 'perform selected wiping algorithm', { words: wipeAlgorithms.words }),
    ],
    run: async (context, values) => {
      const vol = await theVolume(context, values);
      const { remote } = await context.connection();
      const algorithm = wipeAlgorithms.number(values.optional('algorithm') ?? 'zero');
      if (algorithm === undefined) throw new UsageError(`Unsupported algorithm '${values.text('algorithm')}'`);
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
      ...resizing.options,
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
  {
    name: 'vol-pool',
    group,
    summary: 'returns the storage pool for a given volume key or path',
    options: [volOption, inPool, flag('uuid', 'return the pool uuid rather than pool name')],
    run: async (context, values) => {
      const vol = await theVolume(context, values);
      const { pool } = await (await context.connection()).remote.storagePoolLookupByVolume({ vol });
      return plain(`${values.flag('uuid') ? pool.uuid : pool.name}\n`);
    },
  },
];
