import {
  attr,
  attributeOf,
  childOf,
  type ElementType,
  element,
  type FieldsOf,
  flag,
  list,
  matching,
  oneOf,
  only,
  onOff,
  optAttr,
  optChild,
  optText,
  place,
  positionOf,
  type ReadContext,
  special,
  text,
  uint,
  uint64,
  valueError,
  virtual,
  within,
  wrapped,
  type XmlNode,
  yesNo,
} from '@virtkit/xml';
import { errorsFrom } from '../../errors/virt-error.js';
import { type VolumeFormat, volumeFormats } from '../../storage/volume/volume-formats.js';
import { refuse, unsupported } from '../../values/failures.js';
import { sizeContent } from '../../values/size-rows.js';
import { bootableDeviceInfo, virtioOptions } from '../device-info.js';
import { storageAuth, storageEncryption } from './storage-secret.js';
import { backingSourceOrFile, storageSourceOrFile } from './storage-source-element.js';
import type { StorageSource } from './storage-source.js';

const domainError = errorsFrom('DOMAIN');

const isImage = (format: VolumeFormat): format is Exclude<VolumeFormat, 'none'> => format !== 'none';
/** Formats of images, as `<driver type=…>` and `<format type=…>` name them. */
export const storageFormats = oneOf(...volumeFormats.filter(isImage));

const queueRows = { id: attr(uint()) };
export interface IothreadQueue extends FieldsOf<typeof queueRows> {}
const diskIothreadRows = { id: attr(uint({ min: 1 })), queues: list(element<IothreadQueue>('queue', queueRows)) };
/** An I/O thread that serves a disk, with the queues it takes. */
export interface DiskIothread extends FieldsOf<typeof diskIothreadRows> {}
const metadataCacheRows = { ...within('max_size', { maxSize: sizeContent('./metadata_cache/max_size') }) };
/** `maxSize` in KiB. */
export interface MetadataCache extends FieldsOf<typeof metadataCacheRows> {}

/** Xen's old name of raw images is understood. */
const driverFormats = {
  ...storageFormats,
  parse: (value: string) => storageFormats.parse(value === 'aio' ? 'raw' : value),
};
const discard = optAttr(oneOf('unmap', 'ignore'));
/** A word of the other policy is refused in words of its own. */
const badReadPolicy = (value: string, node: XmlNode, context: ReadContext): Error =>
  value === 'enospace'
    ? domainError('CONFIG_UNSUPPORTED', `Invalid disk read error policy: '${value}'`)
    : valueError(
        `Invalid value for attribute 'rerror_policy' in element 'driver': '${value}'.`,
        positionOf(node, context),
      );

const driverRows = {
  name: optAttr(text),
  type: optAttr(driverFormats, unsupported("unknown driver format value '$'")),
  cache: optAttr(oneOf('default', 'none', 'writethrough', 'writeback', 'directsync', 'unsafe'), { omit: 'default' }),
  errorPolicy: optAttr(oneOf('stop', 'report', 'ignore', 'enospace'), { as: 'error_policy' }),
  rerrorPolicy: optAttr(oneOf('stop', 'report', 'ignore'), { as: 'rerror_policy', invalid: badReadPolicy }),
  io: optAttr(oneOf('native', 'threads', 'io_uring')),
  ioeventfd: optAttr(onOff),
  eventIdx: optAttr(onOff, { as: 'event_idx' }),
  copyOnRead: optAttr(onOff, { as: 'copy_on_read' }),
  discard,
  iothread: optAttr(uint({ min: 1 })),
  detectZeroes: optAttr(oneOf('off', 'on', 'unmap'), { as: 'detect_zeroes' }),
  discardNoUnref: optAttr(onOff, { as: 'discard_no_unref' }),
  queues: optAttr(uint(), { omit: 0 }),
  queueSize: optAttr(uint(), { as: 'queue_size' }),
  ...virtioOptions,
  iothreads: wrapped('iothreads', element<DiskIothread>('iothread', diskIothreadRows)),
  metadataCache: optChild(element<MetadataCache>('metadata_cache', metadataCacheRows)),
};
/** `<driver>` of a disk. */
export interface DiskDriver extends FieldsOf<typeof driverRows> {}

const formatRows = {
  type: attr(storageFormats, refuse('XML_ERROR', "unknown storage source format '$'")),
  metadataCache: optChild(element<MetadataCache>('metadata_cache', metadataCacheRows)),
};
export interface ImageFormat extends FieldsOf<typeof formatRows> {}
const imageFormat = element<ImageFormat>('format', formatRows);

/** `<backingStore>`: the image below, or the end of the chain (`source` absent). */
export interface BackingStore {
  source?: StorageSource | undefined;
  index?: number | undefined;
  format?: ImageFormat | undefined;
  backingStore?: BackingStore | undefined;
}
const backingSource = backingSourceOrFile();
const backingRows = {
  source: backingSource.tag,
  index: only('live', optAttr(uint(), { omit: 0 })),
  format: optChild(imageFormat),
  $source: backingSource.body,
  backingStore: optChild((): ElementType<BackingStore> => backingStore),
};
const fullBackingStore = element<BackingStore>('backingStore', backingRows, {
  refine: (_value, node) => {
    if (childOf(node, 'source') === undefined) throw domainError('XML_ERROR', 'missing disk backing store source');
  },
});
const isEnd = (node: XmlNode): boolean => attributeOf(node, 'type') === undefined && node.children.length === 0;
/** An empty element says that nothing lies below; it is kept. */
export const backingStore: ElementType<BackingStore> = {
  tag: 'backingStore',
  read: (node, context) => {
    if (isEnd(node)) return {};
    if (childOf(node, 'format') === undefined) throw domainError('XML_ERROR', 'missing disk backing store format');
    return fullBackingStore.read(node, context);
  },
  write: (value, indent, context) =>
    value.source === undefined ? `${indent}<backingStore/>\n` : fullBackingStore.write(value, indent, context),
  check: (node, report) => {
    if (!isEnd(node)) fullBackingStore.check(node, report);
  },
};

const mirrorSource = storageSourceOrFile();
const mirrorRows = {
  source: mirrorSource.tag,
  $old: virtual({
    attributes: (mirror) => {
      const { source, format, job } = mirror as { source: StorageSource; format?: ImageFormat; job?: string };
      if (source.type !== 'file' || job !== 'copy') return '';
      return ` file='${source.file ?? ''}'${format === undefined ? '' : ` format='${format.type}'`}`;
    },
    known: () => ({ attributes: ['file', 'format'] }),
  }),
  job: attr(oneOf('copy', 'active-commit'), { default: 'copy' }),
  ready: optAttr(oneOf('yes', 'abort', 'pivot')),
  format: optChild(imageFormat),
  $source: mirrorSource.body,
  backingStore: optChild(backingStore),
};
/** `<mirror>`: the copy a running block job writes. */
export interface DiskMirror {
  source: StorageSource;
  job: 'copy' | 'active-commit';
  ready?: 'yes' | 'abort' | 'pivot' | undefined;
  format?: ImageFormat | undefined;
  backingStore?: BackingStore | undefined;
}
/** Old documents say `<mirror file= format=/>`. */
const mirror = element<DiskMirror>('mirror', mirrorRows, {
  refine: (value, node) => {
    const file = attributeOf(node, 'file');
    if (value.source.type === 'file' && value.source.file === undefined && file !== undefined) value.source.file = file;
    const format = storageFormats.parse(attributeOf(node, 'format') ?? '');
    if (value.format === undefined && format !== undefined) value.format = { type: format };
  },
});

const geometryRows = {
  cyls: optAttr(uint()),
  heads: optAttr(uint()),
  secs: optAttr(uint()),
  trans: optAttr(oneOf('none', 'auto', 'lba')),
};
export interface DiskGeometry extends FieldsOf<typeof geometryRows> {}
/** Said only as a whole. */
const fullGeometry = element<DiskGeometry>('geometry', geometryRows);
const diskGeometry: typeof fullGeometry = {
  ...fullGeometry,
  write: (value, indent, context) =>
    value.cyls && value.heads && value.secs ? fullGeometry.write(value, indent, context) : '',
};
const blockioRows = {
  logicalBlockSize: optAttr(uint(), { as: 'logical_block_size', omit: 0 }),
  physicalBlockSize: optAttr(uint(), { as: 'physical_block_size', omit: 0 }),
  discardGranularity: optAttr(uint(), { as: 'discard_granularity' }),
};
export interface DiskBlockio extends FieldsOf<typeof blockioRows> {}

const diskBus = oneOf('none', 'ide', 'fdc', 'scsi', 'virtio', 'xen', 'usb', 'uml', 'sata', 'sd', 'nvme');
/** Written for USB alone. */
const anyRemovable = optAttr(onOff);
const removable = special<boolean>((key) => {
  const bound = anyRemovable.bind(key);
  return {
    ...bound,
    attributes: (target, context) => (target['bus'] === 'usb' ? (bound.attributes?.(target, context) ?? '') : ''),
  };
});
const targetRows = {
  dev: attr(text, { default: '' }),
  bus: optAttr(diskBus),
  tray: optAttr(oneOf('closed', 'open'), { omit: 'closed' }),
  removable,
  rotationRate: optAttr(uint(), { as: 'rotation_rate', omit: 0 }),
};
/** `<target>`; completion fills in an absent `bus`. */
export interface DiskTarget extends FieldsOf<typeof targetRows> {}

const limit = (wire: string) =>
  optText(uint64, {
    as: wire,
    emptyIsAbsent: true,
    ...refuse('XML_ERROR', `disk iotune field '${wire}' must be an integer`),
  });
const iotuneRows = {
  totalBytesSec: limit('total_bytes_sec'),
  readBytesSec: limit('read_bytes_sec'),
  writeBytesSec: limit('write_bytes_sec'),
  totalIopsSec: limit('total_iops_sec'),
  readIopsSec: limit('read_iops_sec'),
  writeIopsSec: limit('write_iops_sec'),
  totalBytesSecMax: limit('total_bytes_sec_max'),
  readBytesSecMax: limit('read_bytes_sec_max'),
  writeBytesSecMax: limit('write_bytes_sec_max'),
  totalIopsSecMax: limit('total_iops_sec_max'),
  readIopsSecMax: limit('read_iops_sec_max'),
  writeIopsSecMax: limit('write_iops_sec_max'),
  sizeIopsSec: limit('size_iops_sec'),
  groupName: optText(text, { as: 'group_name' }),
  totalBytesSecMaxLength: limit('total_bytes_sec_max_length'),
  readBytesSecMaxLength: limit('read_bytes_sec_max_length'),
  writeBytesSecMaxLength: limit('write_bytes_sec_max_length'),
  totalIopsSecMaxLength: limit('total_iops_sec_max_length'),
  readIopsSecMaxLength: limit('read_iops_sec_max_length'),
  writeIopsSecMaxLength: limit('write_iops_sec_max_length'),
};
/** Limits of `<iotune>` and `<throttlegroup>`; 0 means none and isn't kept. */
export interface Iotune extends FieldsOf<typeof iotuneRows> {}
const withoutZeros = (value: Iotune): void => {
  for (const [key, limit] of Object.entries(value)) if (limit === 0) delete value[key as keyof Iotune];
};
const iotune = element<Iotune>('iotune', iotuneRows, { omitEmpty: true, refine: withoutZeros });
/** One of `<throttlegroups>`. */
export const throttleGroup = element<Iotune>('throttlegroup', iotuneRows, { refine: withoutZeros });

const throttleFilterRows = { group: attr(text) };
export interface ThrottleFilter extends FieldsOf<typeof throttleFilterRows> {}
const transientRows = { shareBacking: optAttr(yesNo, { omit: false }) };
export interface DiskTransient extends FieldsOf<typeof transientRows> {}
const backendDomainRows = { name: attr(text) };
/** The Xen domain that serves a device. */
export interface BackendDomain extends FieldsOf<typeof backendDomainRows> {}
export const backendDomain = element<BackendDomain>('backenddomain', backendDomainRows);

/** A read-only disk takes no part in snapshots anyway; that isn't written. */
const snapshotMode = optAttr(oneOf('no', 'internal', 'external', 'manual'));
const snapshot = special<'no' | 'internal' | 'external' | 'manual'>((key) => {
  const bound = snapshotMode.bind(key);
  return {
    ...bound,
    attributes: (disk, context) =>
      disk['readonly'] === true && disk[key] === 'no' ? '' : (bound.attributes?.(disk, context) ?? ''),
  };
});

const source = storageSourceOrFile();
const serialNumber = matching(/^[A-Za-z0-9_.+\- ]+$/);
export const diskRows = {
  source: source.tag,
  device: attr(oneOf('disk', 'cdrom', 'floppy', 'lun'), { default: 'disk' }),
  model: optAttr(oneOf('virtio', 'virtio-transitional', 'virtio-non-transitional')),
  rawio: optAttr(yesNo),
  sgio: optAttr(oneOf('filtered', 'unfiltered')),
  snapshot,
  driver: optChild(element<DiskDriver>('driver', driverRows, { omitEmpty: true })),
  auth: optChild(storageAuth),
  $source: source.body,
  backingStore: optChild(backingStore),
  backendDomain: optChild(backendDomain),
  geometry: optChild(diskGeometry),
  blockio: optChild(element<DiskBlockio>('blockio', blockioRows, { omitEmpty: true })),
  mirror: only('live', optChild(mirror)),
  target: optChild(element<DiskTarget>('target', targetRows)),
  iotune: optChild(iotune),
  throttleFilters: wrapped('throttlefilters', element<ThrottleFilter>('throttlefilter', throttleFilterRows)),
  readonly: flag(),
  shareable: flag(),
  transient: optChild(element<DiskTransient>('transient', transientRows)),
  serial: optText(serialNumber, { emptyIsAbsent: true }),
  wwn: optText(
    { parse: (value: string) => value.toLowerCase(), format: (value: string) => value },
    { emptyIsAbsent: true },
  ),
  vendor: optText(text, { emptyIsAbsent: true }),
  product: optText(text, { emptyIsAbsent: true }),
  encryption: optChild(storageEncryption),
  ...bootableDeviceInfo,
  status: place('disk'),
};
/** `<disk>` */
export interface Disk extends Omit<FieldsOf<typeof diskRows>, 'target'> {
  /** Without a name until it is refused. */
  target: DiskTarget;
}
