import {
  attr,
  attributeOf,
  childOf,
  element,
  type ElementType,
  type FieldsOf,
  int,
  optAttr,
  optChild,
  optList,
  optText,
  type Row,
  type Rows,
  special,
  text,
  yesNo,
} from '@virtkit/xml';
import { storageError, storageXmlError } from '../errors.js';
import { adapter } from './adapter.js';
import { auth } from './auth.js';
import { poolTraits, poolTypeNames, type SourcePart, type StoragePoolType } from './pool-types.js';

const hostRows = {
  name: attr(text, { missing: storageXmlError('missing storage pool host name') }),
  port: optAttr(int(), { omit: 0 }),
};
export interface PoolHost extends FieldsOf<typeof hostRows> {}
const deviceRows = {
  path: attr(text, { missing: storageXmlError('missing storage pool source device path') }),
  partSeparator: optAttr(yesNo, { as: 'part_separator' }),
  /** What is free on a disk; told, never asked for. */
  freeExtent: special<true>((key) => ({ known: () => ({ children: [[key, undefined]] }) })),
};
export interface PoolDevice extends FieldsOf<typeof deviceRows> {}

interface Named {
  name?: string | undefined;
}
const named = (tag: string): ElementType<Named> => element<Named>(tag, { name: optAttr(text) }, { omitEmpty: true });

const rows = {
  host: optList(element<PoolHost>('host', hostRows)),
  device: optList(element<PoolDevice>('device', deviceRows)),
  dir: optChild(
    element<{ path?: string | undefined }>(
      'dir',
      { path: optAttr(text, { emptyIsAbsent: true }) },
      { omitEmpty: true },
    ),
  ),
  adapter: optChild(adapter),
  name: optText(text, { emptyIsAbsent: true }),
  initiator: optChild(
    element<{ iqn?: Named | undefined }>('initiator', { iqn: optChild(named('iqn')) }, { omitEmpty: true }),
  ),
  format: optChild(
    element<{ type?: string | undefined }>(
      'format',
      { type: optAttr(text, { emptyIsAbsent: true }) },
      { omitEmpty: true },
    ),
  ),
  protocol: optChild(element<{ ver?: string | undefined }>('protocol', { ver: optAttr(text) }, { omitEmpty: true })),
  auth: optChild(auth),
  vendor: optChild(named('vendor')),
  product: optChild(named('product')),
};
/** Where a pool's storage comes from. Which fields a pool type has stands in `poolTypes`. */
export interface PoolSource extends FieldsOf<typeof rows> {}

const parts: readonly string[] = [
  'host',
  'device',
  'dir',
  'adapter',
  'name',
  'initiator',
] satisfies readonly SourcePart[];

function tableFor(type: StoragePoolType): ElementType<PoolSource> {
  const { source, formats } = poolTraits(type);
  const wanted = (key: string): boolean =>
    key === 'format' ? formats !== undefined : !parts.includes(key) || source.some((part) => part === key);
  const own: Rows = Object.fromEntries(Object.entries(rows).filter(([key]) => wanted(key)));
  return element<PoolSource>('source', own, { refine: (value) => refineFormat(type, value) });
}

function refineFormat(type: StoragePoolType, value: PoolSource): void {
  const { formats } = poolTraits(type);
  if (formats === undefined) return;
  const format = value.format?.type ?? formats.default;
  if (!formats.known.includes(format)) throw storageError('CONFIG_UNSUPPORTED', `unknown pool format type ${format}`);
  value.format = { type: format };
}

const tables = new Map(poolTypeNames.map((type) => [type, tableFor(type)]));
const tableOf = (type: unknown): ElementType<PoolSource> =>
  tables.get(type as StoragePoolType) ?? (tables.get('dir') as ElementType<PoolSource>); // an unknown type was refused before

/** `<source>`: each pool type has its own table. It is always written, and never as an empty tag. */
export const poolSource: Row<PoolSource, true> = special<PoolSource>((key) => ({
  read(node, target, context) {
    const type = attributeOf(node, 'type') as StoragePoolType;
    const source = childOf(node, 'source');
    if (source !== undefined) target[key] = tableOf(type).read(source, context);
    else {
      const value: PoolSource = {};
      refineFormat(type, value);
      target[key] = value;
    }
  },
  body(source, indent, context) {
    const lines = tableOf(source['type']).write((source[key] ?? {}) as PoolSource, indent, context);
    return lines === `${indent}<source/>\n` ? `${indent}<source>\n${indent}</source>\n` : lines;
  },
  known: (node) => ({
    children: [['source', (found, report) => tableOf(attributeOf(node, 'type')).check(found, report)]],
  }),
}));
