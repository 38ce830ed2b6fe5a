import { domain, storageSource } from '@virtkit/schema';
import {
  attr,
  element,
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

const source = storageSource();
const diskRows = {
  name: attr(text),
  snapshot: optAttr(locations),
  source: source.tag,
  driver: optChild(element<SnapshotDiskDriver>('driver', driverRows)),
  $source: source.body,
};
/** How one disk takes part. */
export interface SnapshotDisk extends FieldsOf<typeof diskRows> {}

const rows = {
  name: optText(text),
  description: optText(text),
  state: optText(
    oneOf('nostate', 'running', 'blocked', 'paused', 'shutdown', 'shutoff', 'crashed', 'pmsuspended', 'disk-snapshot'),
  ),
  parent: optChild(element<SnapshotParent>('parent', parentRows)),
  creationTime: optText(uint53()),
  memory: optChild(element<SnapshotMemory>('memory', memoryRows)),
  disks: wrapped('disks', element<SnapshotDisk>('disk', diskRows)),
  domain: optChild(domain),
  active: only('status', optText(uint())),
};
/** `creationTime`: seconds since the epoch. @libvirt virDomainSnapshotDef */
export interface DomainSnapshot extends FieldsOf<typeof rows> {}
export const domainSnapshot = element<DomainSnapshot>('domainsnapshot', rows);
