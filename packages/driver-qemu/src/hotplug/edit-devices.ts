import { deviceFields, type Device, type DeviceKind } from '@virtkit/core';
import type { Disk, Domain } from '@virtkit/schema';
import { diskNumber } from '../command/aliases.js';
import { virtError } from '../errors.js';

interface Named {
  readonly alias?: string | undefined;
}

/** Adds a device to a definition where libvirt puts it. */
export function addDevice(definition: Domain, { kind, device }: Device): void {
  if (kind === 'disk') return insertDisk(definition.devices.disks, device);
  if (kind === 'memory') changeTotal(definition, device.target?.size ?? 0);
  const field = deviceFields[kind];
  const list: unknown = definition.devices[field];
  if (Array.isArray(list)) list.push(device);
  else if (list === undefined) Object.assign(definition.devices, { [field]: device });
  else throw virtError('OPERATION_INVALID', `domain already has a ${kind} device`);
}

/** Memory devices count in a guest's total. */
function changeTotal({ memory }: Domain, kib: number): void {
  memory.size = (memory.size ?? 0) + kib;
}

/** Disks of one bus stay in the order of their targets. */
function insertDisk(disks: Disk[], disk: Disk): void {
  let place = disks.length;
  for (let index = disks.length - 1; index >= 0; index -= 1) {
    const other = disks[index];
    if (other === undefined || other.target.bus !== disk.target.bus) continue;
    if (diskNumber(other.target.dev) <= diskNumber(disk.target.dev)) {
      place = index + 1;
      break;
    }
    place = index;
  }
  disks.splice(place, 0, disk);
}

/** The device of a definition that a client means. */
export function findDevice(definition: Domain, { kind, device }: Device): Named | undefined {
  const list = devicesOf(definition, kind);
  const alias = (device as Named).alias;
  if (alias !== undefined && list.some((entry) => entry.alias === alias))
    return list.find((entry) => entry.alias === alias);
  if (kind === 'disk') return definition.devices.disks.find(({ target }) => target.dev === device.target.dev);
  if (kind === 'interface') return findInterface(definition, device);
  return list.find((entry) => sameDevice(entry, kind === 'channel' ? withoutPlace(device) : device));
}

/** A channel whose socket has no path yet gets one, and listens there, when it is added: neither tells it from others. */
const withoutPlace = (channel: Channel): Channel | Pick<Channel, 'target'> =>
  channel.source.type === 'unix' && channel.source.path === undefined ? { target: channel.target } : channel;

export function devicesOf({ devices }: Domain, kind: DeviceKind): readonly Named[] {
  const value: unknown = devices[deviceFields[kind]];
  if (Array.isArray(value)) return value as readonly Named[]; // lists of devices, all of which may have an alias
  return value === undefined ? [] : [value as Named];
}

type Interface = Domain['devices']['interfaces'][number];
type Channel = Domain['devices']['channels'][number];

/** By MAC and, where that is not enough, by address. */
function findInterface({ devices }: Domain, wanted: Interface): Interface | undefined {
  const mac = wanted.mac?.address;
  const address = JSON.stringify(wanted.address);
  const found = devices.interfaces.filter(
    (entry) =>
      (mac === undefined || entry.mac?.address === mac) &&
      (wanted.address === undefined || JSON.stringify(entry.address) === address),
  );
  if (found.length > 1) {
    throw virtError(
      'OPERATION_FAILED',
      mac === undefined ? 'multiple matching interfaces found' : `multiple devices matching MAC address ${mac} found`,
    );
  }
  return found[0];
}

/** Equal in everything the client's document says; what it leaves open does not matter. */
export function sameDevice(entry: unknown, wanted: unknown): boolean {
  if (wanted === undefined) return true;
  if (typeof wanted !== 'object' || wanted === null) return entry === wanted;
  if (typeof entry !== 'object' || entry === null) return false;
  if (Array.isArray(wanted))
    return Array.isArray(entry) && wanted.every((value, index) => sameDevice(entry[index], value));
  return Object.entries(wanted).every(([key, value]) => key === 'alias' || sameDevice(Reflect.get(entry, key), value));
}

/** Takes a found device out of its definition. */
export function dropDevice(definition: Domain, kind: DeviceKind, found: Named): void {
  const { devices } = definition;
  const memory = kind === 'memory' ? devices.memory.find((device) => device === found) : undefined;
  if (memory !== undefined) changeTotal(definition, -(memory.target?.size ?? 0));
  const field = deviceFields[kind];
  const list: unknown = devices[field];
  if (Array.isArray(list)) list.splice(list.indexOf(found), 1);
  else Object.assign(devices, { [field]: undefined });
}
