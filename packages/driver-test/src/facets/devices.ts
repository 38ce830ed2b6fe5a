import { type Device, deviceFields, type DevicesFacet, type DomainRef, type Target } from '@virtkit/core';
import type { Domain } from '@virtkit/schema';
import { testError } from '../errors.js';
import type { World } from '../world/world.js';

/** Devices come and go at once: there is no guest that could keep them. */
export class TestDevices implements DevicesFacet {
  constructor(private readonly world: World) {}

  attach(ref: DomainRef, device: Device, target: Target): Promise<void> {
    this.world.domain(ref).change(target, (definition) => add(definition, device));
    return Promise.resolve();
  }

  detach(ref: DomainRef, device: Device, target: Target): Promise<void> {
    this.world.domain(ref).change(target, (definition) => {
      const list = listOf(definition, device);
      const at = list.findIndex((other) => identity(device.kind, other) === identity(device.kind, device.device));
      if (at === -1) throw missing(device);
      list.splice(at, 1);
    });
    return Promise.resolve();
  }

  detachByAlias(ref: DomainRef, alias: string, target: Target): Promise<void> {
    const domain = this.world.domain(ref);
    domain.change(target, (definition) => {
      for (const field of Object.values(definition.devices)) {
        if (!Array.isArray(field)) continue;
        const at = field.findIndex((device: unknown) => aliasOf(device) === alias);
        if (at !== -1) return void field.splice(at, 1);
      }
      throw testError('DEVICE_MISSING', `no device found with alias ${alias}`);
    });
    this.world.listeners.domain(domain.ref, { type: 'deviceRemoved', alias });
    return Promise.resolve();
  }

  update(ref: DomainRef, device: Device, target: Target & { readonly force?: boolean }): Promise<void> {
    this.world.domain(ref).change(target, (definition) => {
      const list = listOf(definition, device);
      const at = list.findIndex((other) => identity(device.kind, other) === identity(device.kind, device.device));
      if (at === -1) throw missing(device);
      list[at] = device.device;
    });
    return Promise.resolve();
  }
}

function add(definition: Domain, device: Device): void {
  const list = listOf(definition, device);
  const wanted = identity(device.kind, device.device);
  if (device.kind === 'disk' && list.some((other) => identity('disk', other) === wanted))
    throw testError('OPERATION_INVALID', `target ${device.device.target?.dev ?? ''} already exists`);
  list.push(device.device);
}

/** The list a device belongs to; devices of which there is one are no list and cannot be changed here. */
function listOf({ devices }: Domain, { kind }: Device): unknown[] {
  const field: unknown = devices[deviceFields[kind]];
  if (!Array.isArray(field))
    throw testError(
      'CONFIG_UNSUPPORTED',
      `device of type '${kind}' cannot be attached to or detached from this domain`,
    );
  return field;
}

/** What tells one device of a kind from another: target of a disk, address of an interface, else everything. */
function identity(kind: Device['kind'], device: unknown): string {
  const { target, mac } = device as {
    readonly target?: { readonly dev?: string };
    readonly mac?: { readonly address?: string };
  };
  if (kind === 'disk' && target?.dev !== undefined) return target.dev;
  if (kind === 'interface' && mac?.address !== undefined) return mac.address;
  return JSON.stringify(device, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}

function aliasOf(device: unknown): string | undefined {
  const { alias } = device as { readonly alias?: string | { readonly name?: string } };
  return typeof alias === 'string' ? alias : alias?.name;
}

const missing = ({ kind }: Device): Error => testError('DEVICE_MISSING', `no matching ${kind} device found`);
