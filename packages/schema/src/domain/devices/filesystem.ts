import {
  attr,
  element,
  type FieldsOf,
  flag,
  lifted,
  oneOf,
  onOff,
  optAttr,
  optChild,
  text,
  uint,
  uint53,
  type VariantsOf,
  within,
} from '@virtkit/xml';
import { size } from '../../values/size-rows.js';
import { bootableDeviceInfo, virtioOptions } from '../device-info.js';
import { idmap } from '../idmap.js';

const driverRows = {
  type: optAttr(oneOf('default', 'path', 'handle', 'loop', 'nbd', 'ploop', 'virtiofs', 'mtp'), { omit: 'default' }),
  format: optAttr(text),
  wrpolicy: optAttr(oneOf('default', 'immediate'), { omit: 'default' }),
  queue: optAttr(uint53(), { omit: 0 }),
  ...virtioOptions,
};
export interface FilesystemDriver extends FieldsOf<typeof driverRows> {}

const binaryRows = {
  path: optAttr(text),
  xattr: optAttr(onOff),
  ...within('cache', { cache: optAttr(oneOf('none', 'always'), { as: 'mode' }) }),
  ...within('sandbox', { sandbox: optAttr(oneOf('namespace', 'chroot'), { as: 'mode' }) }),
  ...within('lock', { posixLock: optAttr(onOff, { as: 'posix' }), flock: optAttr(onOff) }),
  ...within('thread_pool', { threadPoolSize: optAttr(uint(), { as: 'size' }) }),
  ...within('openfiles', { openfiles: optAttr(uint53(), { as: 'max', omit: 0 }) }),
};
/** The program that serves a virtiofs filesystem. */
export interface FilesystemBinary extends FieldsOf<typeof binaryRows> {}

const kinds = {
  mount: within('source', { dir: optAttr(text), socket: optAttr(text) }),
  block: within('source', { dev: optAttr(text) }),
  file: within('source', { file: optAttr(text) }),
  template: within('source', { name: optAttr(text) }),
  ram: within('source', { usage: optAttr(uint53()), units: optAttr(text) }),
  bind: within('source', { dir: optAttr(text) }),
  volume: within('source', { pool: optAttr(text), volume: optAttr(text) }),
};
/** What is shared with the guest, by its kind. */
export type FilesystemSource = VariantsOf<'type', typeof kinds>;
const source = lifted<FilesystemSource>('source', 'type', kinds, { default: 'mount' });

const targetRows = { dir: attr(text) };
export interface FilesystemTarget extends FieldsOf<typeof targetRows> {}

const filesystemRows = {
  source: source.tag,
  accessmode: optAttr(oneOf('passthrough', 'mapped', 'squash')),
  fmode: optAttr(text),
  dmode: optAttr(text),
  model: optAttr(oneOf('virtio', 'virtio-transitional', 'virtio-non-transitional')),
  multidevs: optAttr(oneOf('default', 'remap', 'forbid', 'warn'), { omit: 'default' }),
  driver: optChild(element<FilesystemDriver>('driver', driverRows, { omitEmpty: true })),
  binary: optChild(element<FilesystemBinary>('binary', binaryRows, { omitEmpty: true })),
  idmap: optChild(idmap),
  $source: source.body,
  target: optChild(element<FilesystemTarget>('target', targetRows)),
  readonly: flag(),
  spaceHardLimit: size({ as: 'space_hard_limit' }),
  spaceSoftLimit: size({ as: 'space_soft_limit' }),
  ...bootableDeviceInfo,
};
/** `<filesystem>` */
export interface Filesystem extends FieldsOf<typeof filesystemRows> {}
export const filesystem = element<Filesystem>('filesystem', filesystemRows);
