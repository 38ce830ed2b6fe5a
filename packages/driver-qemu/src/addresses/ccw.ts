import { errorsFrom } from '@virtkit/schema';
import type { DeviceInfo, Domain } from '@virtkit/schema';
import { isS390Ccw } from '../complete/machine.js';

const virtError = errorsFrom('DOMAIN');

/** The subchannel set that QEMU uses for virtio. */
const virtualSubchannels = 0xfe;
const highestDevice = 0xffff;

const keyOf = (cssid: number, ssid: number, devno: number): string =>
  `${cssid.toString(16)}.${ssid}.${devno.toString(16).padStart(4, '0')}`;

/** Virtio devices of s390 are on channels, numbered from 0. */
export function assignCcwAddresses(domain: Domain): void {
  if (!isS390Ccw(domain)) return;
  const devices = channelDevices(domain);
  const used = new Set<string>();
  for (const { address } of devices) reserve(address, used);
  let next = 0;
  for (const device of devices) {
    if (device.address !== undefined && !(device.address.type === 'ccw' && device.address.devno === undefined))
      continue;
    while (used.has(keyOf(virtualSubchannels, 0, next)) && next <= highestDevice) next += 1;
    used.add(keyOf(virtualSubchannels, 0, next));
    device.address = { type: 'ccw', cssid: virtualSubchannels, ssid: 0, devno: next };
  }
}

function reserve(address: DeviceInfo['address'], used: Set<string>): void {
  if (address?.type !== 'ccw' || address.devno === undefined) return;
  const key = keyOf(address.cssid ?? virtualSubchannels, address.ssid ?? 0, address.devno);
  if (used.has(key)) throw virtError('XML_ERROR', `The CCW devno '${key}' is in use already `);
  used.add(key);
}

const isVirtio = (model: string | undefined): boolean => model === undefined || model.startsWith('virtio');

/** Devices of virtio, in the order in which they get their numbers. */
function channelDevices({ devices }: Domain): readonly DeviceInfo[] {
  return [
    ...devices.disks.filter(({ target }) => target.bus === 'virtio'),
    ...devices.interfaces.filter(
      ({ source, model }) => source.type !== 'hostdev' && model?.type.startsWith('virtio') === true,
    ),
    ...devices.hostdevs.filter(
      ({ source, model }) => source.type === 'scsi_host' || (source.type === 'mdev' && model === 'vfio-ccw'),
    ),
    ...devices.filesystems,
    ...devices.controllers.filter(
      ({ type, model }) => type === 'virtio-serial' || (type === 'scsi' && model?.startsWith('virtio') === true),
    ),
    ...(devices.memballoon !== undefined && isVirtio(devices.memballoon.model) ? [devices.memballoon] : []),
    ...devices.rngs,
    ...devices.memory.filter(({ model }) => model === 'virtio-mem'),
    ...devices.videos.filter(({ model }) => model.type === 'virtio'),
    ...devices.inputs.filter(({ bus }) => bus === 'virtio'),
    ...(devices.vsock === undefined ? [] : [devices.vsock]),
    ...devices.cryptos,
  ];
}
