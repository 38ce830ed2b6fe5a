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
  type Scalar,
  text,
  uint,
  uint53,
  type VariantsOf,
  within,
} from '@virtkit/xml';
import { errorsFrom } from '../../errors/virt-error.js';
import { missing, refuse, unsupported } from '../../values/failures.js';
import { size } from '../../values/size-rows.js';
import { bootableDeviceInfo, virtioOptions } from '../device-info.js';
import { idmap } from '../idmap.js';
import { storageFormats } from './disk.js';
import { absoluteFolder, absolutePath } from '../../values/paths.js';

const domainError = errorsFrom('DOMAIN');

const driverRows = {
  type: optAttr(oneOf('default', 'path', 'handle', 'loop', 'nbd', 'ploop', 'virtiofs', 'mtp'), { omit: 'default' }),
  format: optAttr(storageFormats, unsupported("unknown driver format value '$'")),
  wrpolicy: optAttr(oneOf('default', 'immediate'), { omit: 'default' }),
  queue: optAttr(uint53(), { omit: 0, ...refuse('XML_ERROR', "cannot parse queue size '$' for virtiofs") }),
  ...virtioOptions,
};
export interface FilesystemDriver extends FieldsOf<typeof driverRows> {}

const binaryRows = {
  path: optAttr(absolutePath),
  xattr: optAttr({ ...onOff, parse: (value: string) => value === 'on' }),
  ...within('cache', { cache: optAttr(oneOf('none', 'always'), { as: 'mode' }) }),
  ...within('sandbox', { sandbox: optAttr(oneOf('namespace', 'chroot'), { as: 'mode' }) }),
  ...within('lock', { posixLock: optAttr(onOff, { as: 'posix' }), flock: optAttr(onOff) }),
  ...within('thread_pool', { threadPoolSize: optAttr(uint(), { as: 'size' }) }),
  ...within('openfiles', { openfiles: optAttr(uint53(), { as: 'max', omit: 0 }) }),
};
/** The program that serves a virtiofs filesystem. */
export interface FilesystemBinary extends FieldsOf<typeof binaryRows> {}

const kinds = {
  mount: within('source', { dir: optAttr(absoluteFolder), socket: optAttr(absolutePath) }),
  block: within('source', { dev: optAttr(absolutePath) }),
  file: within('source', { file: optAttr(absolutePath) }),
  template: within('source', { name: optAttr(text) }),
  ram: within('source', {
    usage: attr(uint53(), {
      ...refuse('XML_ERROR', "cannot parse usage '$' for RAM filesystem"),
      ...missing('XML_ERROR', "missing 'usage' attribute for RAM filesystem"),
    }),
    units: optAttr(text),
  }),
  bind: within('source', { dir: optAttr(absoluteFolder) }),
  volume: within('source', { pool: optAttr(text), volume: optAttr(text) }),
};
/** What is shared with the guest, by its kind. */
export type FilesystemSource = VariantsOf<'type', typeof kinds>;
const source = lifted<FilesystemSource>('source', 'type', kinds, { default: 'mount' });

const targetRows = { dir: optAttr(text) };
export interface FilesystemTarget extends FieldsOf<typeof targetRows> {}

/** Permissions, four octal digits. */
const octal: Scalar<string> = {
  parse: (value) =>
    /^\s*[0-7]{1,6}$/.test(value) && Number.parseInt(value, 8) <= 0o777
      ? Number.parseInt(value, 8).toString(8).padStart(4, '0')
      : undefined,
  format: (value) => value,
  explain: (value) => `'${value}'. Expected non-negative integer value`,
};

const filesystemRows = {
  source: source.tag,
  accessmode: optAttr(oneOf('passthrough', 'mapped', 'squash')),
  model: optAttr(oneOf('virtio', 'virtio-transitional', 'virtio-non-transitional')),
  multidevs: optAttr(oneOf('default', 'remap', 'forbid', 'warn'), { omit: 'default' }),
  fmode: optAttr(octal),
  dmode: optAttr(octal),
  driver: optChild(element<FilesystemDriver>('driver', driverRows, { omitEmpty: true })),
  binary: optChild(element<FilesystemBinary>('binary', binaryRows, { omitEmpty: true })),
  idmap: optChild(idmap),
  $source: source.body,
  target: optChild(element<FilesystemTarget>('target', targetRows, { omitEmpty: true })),
  readonly: flag(),
  spaceHardLimit: size({ as: 'space_hard_limit', path: './space_hard_limit[1]' }),
  spaceSoftLimit: size({ as: 'space_soft_limit', path: './space_soft_limit[1]' }),
  ...bootableDeviceInfo,
};
/** `<filesystem>` */
export interface Filesystem extends FieldsOf<typeof filesystemRows> {}
export const filesystem = element<Filesystem>('filesystem', filesystemRows, {
  refine: ({ source, target }) => {
    if (source.type === 'ram' && source.usage === undefined) {
      throw domainError('XML_ERROR', "missing 'usage' attribute for RAM filesystem");
    }
    const place = placeOf(source);
    if (place === undefined && source.type !== 'ram' && source.type !== 'volume') {
      throw domainError('NO_SOURCE', target?.dir);
    }
    if (target?.dir === undefined) throw domainError('NO_TARGET', place);
  },
});

const placeOf = (source: FilesystemSource): string | undefined => {
  switch (source.type) {
    case 'mount':
      return source.dir ?? source.socket;
    case 'bind':
      return source.dir;
    case 'block':
      return source.dev;
    case 'file':
      return source.file;
    case 'template':
      return source.name;
    default:
      return undefined;
  }
};
