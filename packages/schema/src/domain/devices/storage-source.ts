import {
  attr,
  attributeOf,
  content,
  element,
  type FieldsOf,
  list,
  oneOf,
  only,
  optAttr,
  optChild,
  place,
  text,
  uint,
  uint64,
  type VariantsOf,
  valueError,
  virtual,
  within,
  wrapped,
  yesNo,
} from '@virtkit/xml';
import { errorsFrom } from '../../errors/virt-error.js';
import { pciSourceAddress } from '../device-info.js';
import { deviceSeclabels } from '../security.js';
import { storageProtocols } from './storage-protocols.js';
import { storageAuth, storageEncryption } from './storage-secret.js';
import { absolutePath, blockDevice, imageFile } from '../../values/paths.js';

const domainError = errorsFrom('DOMAIN');

const sliceRows = { type: attr(oneOf('storage')), offset: attr(uint64), size: attr(uint64) };
/** A part of the storage, in bytes. */
export interface StorageSlice extends FieldsOf<typeof sliceRows> {}
const slices = wrapped('slices', element<StorageSlice>('slice', sliceRows));

const hostRows = {
  transport: optAttr(oneOf('tcp', 'unix', 'rdma'), { omit: 'tcp' }),
  name: optAttr(text),
  port: optAttr(text),
  socket: optAttr(absolutePath),
};
/** A server of a network storage. */
export interface StorageHost extends FieldsOf<typeof hostRows> {}
export const storageHost = element<StorageHost>('host', hostRows);

const cookieRows = { name: attr(text), value: content(text) };
export interface StorageCookie extends FieldsOf<typeof cookieRows> {}

const reconnectRows = { delay: optAttr(uint()), enabled: optAttr(yesNo), timeout: optAttr(uint()) };
export interface StorageReconnect extends FieldsOf<typeof reconnectRows> {}
const reconnect = optChild(element<StorageReconnect>('reconnect', reconnectRows));

const sshIdentityRows = {
  user: optAttr(text),
  group: optAttr(text),
  username: optAttr(text),
  keyfile: optAttr(absolutePath),
  agentsock: optAttr(absolutePath),
};
/** As whom files are opened (NFS: `user`, `group`), or how a server knows us (SSH). */
export interface StorageIdentity extends FieldsOf<typeof sshIdentityRows> {}

const reservationSourceRows = { type: attr(oneOf('unix')), path: attr(absolutePath), mode: attr(oneOf('client')) };
export interface ReservationSource extends FieldsOf<typeof reservationSourceRows> {}
const reservationsRows = {
  managed: attr(yesNo),
  migration: optAttr(yesNo),
  source: only('live', optChild(element<ReservationSource>('source', reservationSourceRows))),
};
/** Persistent reservations of SCSI disks; the source of managed ones is known only while the guest runs. */
export interface Reservations extends FieldsOf<typeof reservationsRows> {}

const common = {
  startupPolicy: optAttr(oneOf('mandatory', 'requisite', 'optional')),
  index: only('live', optAttr(uint(), { omit: 0 })),
};
const tail = {
  slices,
  seclabels: deviceSeclabels,
  auth: optChild(storageAuth),
  encryption: optChild(storageEncryption),
  reservations: optChild(element<Reservations>('reservations', reservationsRows)),
  status: place('storageSource'),
};
/** `<source type=…>` of kinds that know only one. */
const sourceType = (type: string) =>
  virtual({
    attributes: () => ` type='${type}'`,
    read(node) {
      const found = attributeOf(node, 'type');
      if (found === undefined) throw valueError("Missing required attribute 'type' in element 'source'");
      if (found !== type) throw domainError('XML_ERROR', `unsupported source type '${found}'`);
    },
    known: () => ({ attributes: ['type'] }),
  });
const present = (...keys: readonly string[]) => ({
  always: (source: Record<string, unknown>) => keys.some((key) => source[key] !== undefined),
});
const optPath = (scalar = absolutePath) => optAttr(scalar, { emptyIsAbsent: true });

const initiatorRows = { ...within('iqn', { iqn: optAttr(text, { as: 'name' }) }) };
export interface StorageInitiator extends FieldsOf<typeof initiatorRows> {}
/** `<initiator><iqn name=/></initiator>` */
export const storageInitiator = element<StorageInitiator>('initiator', initiatorRows, { omitEmpty: true });

const networkRows = {
  protocol: attr(oneOf(...storageProtocols)),
  name: optAttr(text),
  query: optAttr(text),
  tls: optAttr(yesNo),
  tlsHostname: optAttr(text),
  ...common,
  hosts: list(storageHost),
  ...within('snapshot', { snapshot: optAttr(text, { as: 'name' }) }),
  ...within('config', { config: optAttr(absolutePath, { as: 'file' }) }),
  initiator: optChild(storageInitiator),
  ...within('ssl', { sslVerify: optAttr(yesNo, { as: 'verify' }) }),
  cookies: only('secure', wrapped('cookies', element<StorageCookie>('cookie', cookieRows))),
  ...within('readahead', { readahead: optAttr(uint64, { as: 'size' }) }),
  ...within('timeout', { timeout: optAttr(uint64, { as: 'seconds' }) }),
  reconnect,
  ...within('knownHosts', { knownHosts: optAttr(absolutePath, { as: 'path' }) }),
  identity: optChild(element<StorageIdentity>('identity', sshIdentityRows)),
  ...tail,
};

/** Rows of each kind of storage. */
export const storageSourceKinds = {
  file: within('source', { file: optPath(imageFile), fdgroup: optAttr(text), ...common, ...tail }),
  block: within('source', { dev: optPath(blockDevice), ...common, ...tail }),
  dir: within('source', { dir: optPath(), ...common, ...tail }),
  network: within('source', networkRows),
  volume: within('source', {
    pool: optAttr(text),
    volume: optAttr(text),
    mode: optAttr(oneOf('host', 'direct')),
    ...common,
    ...tail,
  }),
  nvme: within(
    'source',
    {
      $type: sourceType('pci'),
      managed: optAttr(yesNo),
      namespace: attr(uint64),
      ...common,
      address: optChild(pciSourceAddress),
      ...tail,
    },
    present('namespace'),
  ),
  vhostuser: within(
    'source',
    { $type: sourceType('unix'), path: optAttr(absolutePath), ...common, reconnect, ...tail },
    present('path'),
  ),
  vhostvdpa: within('source', { dev: optPath(), ...common, ...tail }),
};

/** Where an image lies, by kind of storage. */
export type StorageSource = VariantsOf<'type', typeof storageSourceKinds>;
export type StorageSourceType = StorageSource['type'];
export type NetworkStorageSource = Extract<StorageSource, { type: 'network' }>;
