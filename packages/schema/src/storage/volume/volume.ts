import {
  attr,
  type BoundRow,
  childOf,
  element,
  type ElementType,
  type FieldsOf,
  flag,
  legacy,
  oneOf,
  optAttr,
  optChild,
  optText,
  type Row,
  type Scalar,
  special,
  text,
  valueError,
} from '@virtkit/xml';
import { storageError, storageXmlError } from '../errors.js';
import { permissions } from '../permissions.js';
import { byteSize } from '../size.js';
import { volumeEncryption } from './encryption.js';
import { timestamps } from './timestamps.js';

/** What stands behind a volume's path. @libvirt virStorageVolType */
export const volumeTypes = ['file', 'block', 'dir', 'network', 'netdir', 'ploop'] as const;
export type StorageVolumeType = (typeof volumeTypes)[number];

const compat: Scalar<string> = {
  parse: (value) => (/^\s*[0-9]+\.[0-9]+$/.test(value) ? value : undefined),
  format: (value) => value,
};

/** Features of the image format, in the order they are written. */
export const volumeFeatures = ['lazy_refcounts', 'extended_l2', 'data_file'] as const;
export type VolumeFeature = (typeof volumeFeatures)[number];
/** Those a document may ask for. */
const requestable: readonly string[] = ['lazy_refcounts', 'extended_l2'];

const features: Row<VolumeFeature[], true> = special<VolumeFeature[]>(
  (key): BoundRow => ({
    read(node, target) {
      const found = childOf(node, key);
      if (found === undefined) return;
      for (const { name } of found.children)
        if (!requestable.includes(name)) throw storageError('CONFIG_UNSUPPORTED', `unsupported feature ${name}`);
      target[key] = volumeFeatures.filter((feature) => found.children.some(({ name }) => name === feature));
    },
    body(source, indent) {
      const value = source[key] as readonly VolumeFeature[] | undefined;
      if (value === undefined) return '';
      if (value.length === 0) return `${indent}<${key}/>\n`;
      return `${indent}<${key}>\n${value.map((feature) => `${indent}  <${feature}/>\n`).join('')}${indent}</${key}>\n`;
    },
    known: () => ({ children: [[key, undefined]] }),
  }),
);

const formatRows = { type: optAttr(text, { emptyIsAbsent: true }) };
const format = optChild(element<FieldsOf<typeof formatRows>>('format', formatRows, { omitEmpty: true }));

const targetRows = {
  path: optText(text, { emptyIsAbsent: true }),
  format,
  permissions: optChild(permissions),
  timestamps,
  encryption: optChild(volumeEncryption),
  compat: optText(compat, {
    emptyIsAbsent: true,
    invalid: storageXmlError("forbidden characters in 'compat' attribute"),
  }),
  clusterSize: byteSize({
    unit: 'B',
    malformed: (value) => valueError(`Invalid value '${value}' for element or attribute './target/clusterSize'`),
  }),
  features,
  /** Copy on write is to be switched off for the file. */
  nocow: legacy(flag()),
};
/** Where a volume is and what it looks like. */
export interface VolumeTarget extends FieldsOf<typeof targetRows> {}

const backingRows = {
  path: optText(text, { emptyIsAbsent: true }),
  format,
  permissions: optChild(permissions),
  timestamps,
};
/** The image below. */
export interface VolumeBackingStore extends FieldsOf<typeof backingRows> {}

const volumeType: Scalar<StorageVolumeType> = oneOf(...volumeTypes);
/** Bytes; written, and not when 0. */
const physical: Row<bigint, true> = special<bigint>((key) => ({
  body: (source, indent) => {
    const value = (source[key] as bigint | undefined) ?? 0n;
    return value === 0n ? '' : `${indent}<${key} unit='bytes'>${value}</${key}>\n`;
  },
  known: () => ({ children: [[key, undefined]] }),
}));
const ignored: Row<true, true> = special<true>((key) => ({ known: () => ({ children: [[key, undefined]] }) }));

const rows = {
  type: attr(volumeType, {
    default: 'file',
    invalid: (value) => storageError('CONFIG_UNSUPPORTED', `unknown volume type '${value}'`),
  }),
  name: optText(text, { emptyIsAbsent: true }),
  key: optText(text, { emptyIsAbsent: true }),
  source: ignored,
  capacity: byteSize(),
  allocation: byteSize(),
  physical,
  target: optChild(element<VolumeTarget>('target', targetRows, { omitEmpty: true })),
  backingStore: optChild(element<VolumeBackingStore>('backingStore', backingRows, { omitEmpty: true })),
};
/** A volume document as it is written. */
export interface StorageVolumeDocument extends FieldsOf<typeof rows> {}
/** A completed volume. Sizes in bytes. */
export interface StorageVolume extends StorageVolumeDocument {
  name: string;
  capacity: bigint;
  allocation: bigint;
  target: VolumeTarget;
}

export const storageVolume: ElementType<StorageVolumeDocument> = element<StorageVolumeDocument>('volume', rows);
