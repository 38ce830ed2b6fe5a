import type { Device } from '@virtkit/core';
import type { Domain } from '@virtkit/schema';
import { virtError } from '../../errors.js';

/** The error for a device a client names that is not there. */
export function missingDevice({ kind, device }: Device, where: 'config' | 'live' | 'update'): Error {
  if (kind === 'disk') {
    const { dev } = device.target;
    if (where === 'live') return virtError('DEVICE_MISSING', `disk ${dev} not found`);
    return where === 'config'
      ? virtError('DEVICE_MISSING', `no target device ${dev}`)
      : virtError('INVALID_ARG', `target ${dev} doesn't exist.`);
  }
  if (kind === 'interface') {
    const mac = device.mac?.address;
    return virtError(
      'DEVICE_MISSING',
      mac === undefined ? 'no matching device found' : `no device matching MAC address ${mac} found`,
    );
  }
  return virtError('DEVICE_MISSING', `${kind} device not found in domain configuration`);
}

/** @throws when the guest already has what can only be there once. */
export function refuseDuplicate({ devices }: Domain, { kind, device }: Device, where: 'config' | 'live'): void {
  if (kind === 'disk' && devices.disks.some(({ target }) => target.dev === device.target.dev)) {
    const { dev } = device.target;
    throw where === 'config'
      ? virtError('INVALID_ARG', `target ${dev} already exists`)
      : virtError('OPERATION_FAILED', `target ${dev} already exists`);
  }
}
