import type { Device } from '@virtkit/core';
import { type Controller, type DeviceAddress, type Domain, errorsFrom } from '@virtkit/schema';
import { diskPath } from '../../guests/disk-source.js';
import { virtError } from '../../errors.js';

const domainError = errorsFrom('DOMAIN');

export const missingAlias = (alias: string): Error =>
  domainError('INTERNAL_ERROR', `no device found with alias ${alias}`);

type Place = 'config' | 'live' | 'config update' | 'live update';

const missingDisk = (dev: string): Readonly<Record<Place, Error>> => ({
  config: virtError('DEVICE_MISSING', `no target device ${dev}`),
  live: virtError('DEVICE_MISSING', `disk ${dev} not found`),
  'config update': virtError('INVALID_ARG', `target ${dev} doesn't exist.`),
  'live update': virtError('INTERNAL_ERROR', `disk '${dev}' not found`),
});

/** The error for a device a client names that is not there. */
export function missingDevice({ kind, device }: Device, where: Place): Error {
  if (kind === 'disk') return missingDisk(device.target.dev)[where];
  if (kind === 'interface') {
    const mac = device.mac?.address;
    if (where.startsWith('live') && mac !== undefined) {
      return domainError(
        'DEVICE_MISSING',
        `no device found at address '${pciText(device.address)}' matching MAC address '${mac}' and alias '${device.alias ?? '(<null>)'}'`,
      );
    }
    return virtError(
      'DEVICE_MISSING',
      mac === undefined ? 'no matching device found' : `no device matching MAC address ${mac} found`,
    );
  }
  if (kind === 'rng' && where === 'live')
    return virtError(
      'DEVICE_MISSING',
      `model '${device.backend.model}' RNG device not present in domain configuration`,
    );
  if (kind === 'watchdog' && where === 'live') return virtError('OPERATION_INVALID', 'no matching watchdog was found');
  return virtError('DEVICE_MISSING', `${kind} device not found in domain configuration`);
}

function pciText(address: DeviceAddress | undefined): string {
  if (address?.type !== 'pci') return '(<null>)';
  const hex = (value: number, width: number): string => value.toString(16).padStart(width, '0');
  return `${hex(address.domain ?? 0, 4)}:${hex(address.bus ?? 0, 2)}:${hex(address.slot ?? 0, 2)}.${address.function ?? 0}`;
}

/** @throws when the guest already has what can only be there once. */
export function refuseDuplicate({ devices }: Domain, { kind, device }: Device, where: 'config' | 'live'): void {
  if (kind === 'controller' && where === 'config') return refuseSameController(devices.controllers, device);
  if (kind !== 'disk') return;
  const { dev } = device.target;
  const found = devices.disks.find(({ target }) => target.dev === dev);
  if (found === undefined) return;
  if (where === 'config') throw virtError('OPERATION_INVALID', `target ${dev} already exists`);
  const [first, second] = [diskPath(found) ?? '', diskPath(device) ?? ''];
  throw virtError('XML_ERROR', `target '${dev}' duplicated for disk sources '${first}' and '${second}'`);
}

function refuseSameController(controllers: readonly Controller[], { type, index }: Controller): void {
  if (index !== undefined && controllers.some((known) => known.type === type && known.index === index))
    throw virtError('OPERATION_INVALID', `controller index='${index}' already exists`);
}
