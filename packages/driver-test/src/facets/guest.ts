import type { DomainRef, GuestAddress, GuestFacet, GuestFilesystem } from '@virtkit/core';
import { testError } from '../errors.js';
import type { TestDomain } from '../world/test-domain.js';
import type { World } from '../world/world.js';

const mountpoints = ['/', '/boot'];

/** What a guest's agent would say. */
export class TestGuest implements GuestFacet {
  #time = { seconds: 627_319_920n, nanoseconds: 0 };

  constructor(private readonly world: World) {}

  /** Addresses are counted from the network's first one up. */
  addresses(ref: DomainRef, source: 'lease' | 'agent' | 'arp'): Promise<readonly GuestAddress[]> {
    const domain = this.#active(ref);
    if (source === 'arp') throw testError('ARGUMENT_UNSUPPORTED', 'Unknown IP address data source 2');
    return Promise.resolve(
      domain.current.devices.interfaces.map(({ mac, target }, at) => ({
        name: target?.dev ?? `eth${at}`,
        ...(mac?.address !== undefined && { mac: mac.address }),
        addresses: [{ family: 'ipv4', address: `192.168.122.${(domain.id ?? 0) + at + 2}`, prefix: 24 }],
      })),
    );
  }

  hostname(ref: DomainRef): Promise<string> {
    return Promise.resolve(`${this.#active(ref).name}host`);
  }

  freeze(ref: DomainRef, points: readonly string[]): Promise<number> {
    const { frozen } = this.#active(ref);
    const before = frozen.size;
    for (const point of points.length === 0 ? mountpoints : points) if (mountpoints.includes(point)) frozen.add(point);
    return Promise.resolve(frozen.size - before);
  }

  thaw(ref: DomainRef, points: readonly string[]): Promise<number> {
    const { frozen } = this.#active(ref);
    const thawed = (points.length === 0 ? mountpoints : points).filter((point) => frozen.delete(point));
    return Promise.resolve(thawed.length);
  }

  trim(ref: DomainRef, mountpoint: string | undefined): Promise<void> {
    this.#active(ref);
    if (mountpoint !== undefined && !mountpoints.includes(mountpoint))
      throw testError('OPERATION_INVALID', 'mount point not found');
    return Promise.resolve();
  }

  filesystems(ref: DomainRef): Promise<readonly GuestFilesystem[]> {
    const { disks } = this.#active(ref).current.devices;
    const device = disks.find((disk) => disk.device === 'disk')?.target?.dev;
    if (device === undefined) return Promise.resolve([]);
    return Promise.resolve(
      mountpoints.map((mountpoint, at) => ({
        mountpoint,
        name: `${device}${at + 1}`,
        type: 'ext4',
        devices: [device],
      })),
    );
  }

  time(ref: DomainRef): Promise<{ readonly seconds: bigint; readonly nanoseconds: number }> {
    this.#active(ref);
    return Promise.resolve(this.#time);
  }

  setTime(ref: DomainRef, time: { readonly seconds: bigint; readonly nanoseconds: number }): Promise<void> {
    this.#active(ref);
    this.#time = time;
    return Promise.resolve();
  }

  setPassword(ref: DomainRef): Promise<void> {
    this.#active(ref);
    return Promise.resolve();
  }

  setResponseTimeout(ref: DomainRef): Promise<void> {
    this.#active(ref);
    return Promise.resolve();
  }

  #active(ref: DomainRef): TestDomain {
    const domain = this.world.domain(ref);
    domain.requireActive();
    return domain;
  }
}
