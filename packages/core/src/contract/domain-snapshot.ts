import { domain, storageSourceOrFile } from '@virtkit/schema';
import {
  attr,
  element,
  type ElementType,
  type FieldsOf,
  oneOf,
  only,
  optAttr,
  optChild,
  optText,
  text,
  textChild,
  uint,
  uint53,
  wrapped,
} from '@virtkit/xml';

/** The document of a snapshot. It lies beside the contract because a driver's facet hands it out. */
const locations = oneOf('no', 'internal', 'external', 'manual');

const parentRows = { name: textChild(text) };
export interface SnapshotParent extends FieldsOf<typeof parentRows> {}

const memoryRows = { snapshot: optAttr(locations), file: optAttr(text) };
/** Where the guest's memory lies. */
export interface SnapshotMemory extends FieldsOf<typeof memoryRows> {}

const driverRows = { type: optAttr(text) };
export interface SnapshotDiskDriver extends FieldsOf<typeof driverRows> {}

const source = storageSourceOrFile();
const plainRows = { name: attr(text), snapshot: optAttr(locations) };
const diskRows = {
  ...plainRows,
  source: source.tag,
  driver: optChild(element<SnapshotDiskDriver>('driver', driverRows)),
  $source: source.body,
};
/** How one disk takes part. `source` says where its data goes from then on, of an external snapshot. */
export interface SnapshotDisk extends FieldsOf<typeof diskRows> {}
const plainDisk = element<FieldsOf<typeof plainRows>>('disk', plainRows);
const externalDisk = element<SnapshotDisk>('disk', diskRows);
/** Only an external snapshot of a disk says where it lies. */
export const snapshotDisk: ElementType<SnapshotDisk> = {
  ...externalDisk,
  write: (disk, indent, context) =>
    disk.snapshot === 'external' ? externalDisk.write(disk, indent, context) : plainDisk.write(disk, indent, context),
};

const rows = {
  name: optText(text),
  description: optText(text),
  state: optText(
    oneOf('nostate', 'running', 'blocked', 'paused', 'shutdown', 'shutoff', 'crashed', 'pmsuspended', 'disk-snapshot'),
  ),
  parent: optChild(element<SnapshotParent>('parent', parentRows)),
  creationTime: optText(uint53()),
  memory: optChild(element<SnapshotMemory>('memory', memoryRows)),
  disks: wrapped('disks', snapshotDisk),
  domain: optChild(domain),
  active: only('status', optText(uint())),
};
/** `creationTime`: seconds since the epoch. @libvirt virDomainSnapshotDef */
export interface DomainSnapshot extends FieldsOf<typeof rows> {}
export const domainSnapshot = element<DomainSnapshot>('domainsnapshot', rows);
