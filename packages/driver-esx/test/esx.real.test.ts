import { setTimeout as delay } from 'node:timers/promises';
import type { DomainEvent, DomainRef, EventSink } from '@virtkit/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EsxConnection } from '../src/driver.js';
import { call, connect } from './connect.js';
import { missingVcsim, startVcsim, type Vcsim } from './vcsim.js';

const missing = missingVcsim();
const skipped = missing === undefined ? '' : ` (skipped: ${missing})`;
const refusal = (code: number, message: string | RegExp) =>
  expect.objectContaining({ code, message: typeof message === 'string' ? message : expect.stringMatching(message) });

describe.skipIf(missing !== undefined)(`ESX in VMware's simulator${skipped}`, () => {
  let server: Vcsim;
  let esx: EsxConnection;
  const uri = (parameters = 'no_verify=1') => `esx://user@127.0.0.1:${server.port}/?${parameters}`;
  const guest = async (name = 'ha-host_VM0'): Promise<DomainRef> => {
    const found = await esx.domain.find({ name }, call);
    if (found === undefined) throw new Error(`${name} is not there`);
    return found.ref;
  };
  const stateOf = async (name?: string) => (await esx.domain.info(await guest(name), call)).state.state;

  beforeAll(async () => {
    server = await startVcsim('-esx');
    esx = await connect(uri());
  });
  afterAll(async () => {
    await esx?.close();
    await server?.kill();
  });

  it('lists its guests with their states', async () => {
    expect(await esx.domain.list(call)).toMatchObject([
      { ref: { name: 'ha-host_VM0' }, active: true, persistent: true, state: { state: 'running' } },
      { ref: { name: 'ha-host_VM1' }, active: true },
    ]);
  });

  it('finds a guest by name, uuid and id', async () => {
    const ref = await guest();
    expect((await esx.domain.find({ uuid: ref.uuid }, call))?.ref).toEqual(ref);
    expect((await esx.domain.find({ id: ref.id ?? -1 }, call))?.ref).toEqual(ref);
    expect(await esx.domain.find({ uuid: '00000000-0000-4000-8000-000000000000' }, call)).toBeUndefined();
  });

  it('suspends, resumes, resets, stops and starts a guest', async () => {
    const ref = await guest();
    await esx.lifecycle.suspend?.(ref, call);
    expect(await stateOf()).toBe('paused');
    await esx.lifecycle.resume?.(ref, call);
    expect(await stateOf()).toBe('running');
    await esx.lifecycle.reset?.(ref, call);
    await esx.lifecycle.destroy(ref, {}, call);
    expect(await stateOf()).toBe('shutoff');
    await expect(esx.lifecycle.destroy(ref, {}, call)).rejects.toThrow(
      refusal(55, 'Requested operation is not valid: Domain is not powered on'),
    );
    await expect(esx.lifecycle.resume?.(ref, call)).rejects.toThrow(refusal(55, /Domain is not suspended/));
    expect((await esx.lifecycle.start?.(ref, {}, call))?.id).toBe(ref.id);
    await expect(esx.lifecycle.start?.(ref, {}, call)).rejects.toThrow(refusal(55, /Domain is not powered off/));
  });

  it('says which function the server lacks', async () => {
    await expect(esx.lifecycle.reboot?.(await guest(), {}, call)).rejects.toThrow(refusal(3, /RebootGuest/));
  });

  it('renames a guest', async () => {
    const ref = await guest('ha-host_VM1');
    await esx.configuration.rename?.(ref, 'a/b % c', call);
    expect((await esx.domain.find({ uuid: ref.uuid }, call))?.ref.name).toBe('a/b % c');
    await esx.configuration.rename?.(ref, 'ha-host_VM1', call);
    await expect(esx.configuration.rename?.(ref, 'ha-host_VM0', call)).rejects.toThrow(refusal(55, /already exists/));
  });

  it('describes a guest by its hardware', async () => {
    const domain = await esx.domain.definition(await guest(), 'current', call);
    expect(domain).toMatchObject({
      type: 'vmware',
      name: 'ha-host_VM0',
      memory: { size: 32_768 },
      vcpu: { count: 1 },
      devices: {
        disks: expect.arrayContaining([
          expect.objectContaining({
            device: 'disk',
            source: expect.objectContaining({ file: '[LocalDS_0] ha-host_VM0/disk1.vmdk' }),
            target: { dev: 'sda', bus: 'scsi' },
          }),
          expect.objectContaining({ device: 'lun' }),
        ]),
        controllers: [{ type: 'scsi', index: 0, model: 'vmpvscsi' }],
        interfaces: [{ source: { type: 'bridge', bridge: 'VM Network' } }],
        videos: [{ model: { type: 'vmvga', vram: 4096 } }],
      },
    });
  });

  it('makes, reverts to and removes snapshots', async () => {
    const ref = await guest();
    const make = (name: string) => esx.snapshot.create(ref, { name, description: `of ${name}` }, {}, call);
    await make('one');
    expect(await make('two')).toMatchObject({ name: 'two', parent: 'one', current: true });
    await expect(make('two')).rejects.toThrow(
      refusal(55, "Requested operation is not valid: Snapshot 'two' already exists"),
    );
    expect((await esx.snapshot.list(ref, call)).map(({ name }) => name)).toEqual(['one', 'two']);
    expect(await esx.snapshot.definition(ref, 'two', call)).toMatchObject({
      name: 'two',
      description: 'of two',
      state: 'running',
      parent: { name: 'one' },
    });
    await esx.snapshot.revert?.(ref, 'one', {}, call);
    expect((await esx.snapshot.list(ref, call)).find(({ current }) => current)?.name).toBe('one');
    await esx.snapshot.revert?.(ref, 'two', {}, call);
    await esx.snapshot.delete?.(ref, 'two', {}, call);
    await esx.snapshot.delete?.(ref, 'one', { children: 'also' }, call);
    expect(await esx.snapshot.list(ref, call)).toEqual([]);
    await expect(esx.snapshot.revert?.(ref, 'one', {}, call)).rejects.toThrow(refusal(72, /Could not find snapshot/));
  });

  it('describes the host', async () => {
    expect(await esx.host.version?.(call)).toBe(6_005_000);
    expect(await esx.host.hostname?.(call)).toBe('localhost.localdomain');
    expect(await esx.host.info?.(call)).toMatchObject({
      cpus: 2,
      mhz: 3591,
      sockets: 2,
      cores: 1,
      memoryKiB: 4_193_780,
    });
  });

  it('shows datastores as pools and their disks as volumes', async () => {
    const [pool] = await esx.storage.list(call);
    expect(pool).toMatchObject({
      ref: { name: 'LocalDS_0', uuid: 'f482c7db-790d-38d4-57fb-d45f5f9390a1' },
      active: true,
    });
    if (pool === undefined) return;
    expect((await esx.storage.info?.(pool.ref, call))?.capacity).toBeGreaterThan(0n);
    const volumes = await esx.storage.volumes(pool.ref, call);
    expect(volumes.map(({ name }) => name)).toContain('ha-host_VM1/disk1.vmdk');
    const key = '[LocalDS_0] ha-host_VM1/disk1.vmdk';
    expect(await esx.storage.findVolume({ key }, call)).toEqual({
      pool: 'LocalDS_0',
      name: 'ha-host_VM1/disk1.vmdk',
      key,
    });
  });

  it('shows virtual switches as networks', async () => {
    const [network] = await esx.network.list(call);
    expect(network).toMatchObject({
      ref: { name: 'vSwitch0', uuid: '2f467347-8b4e-8655-e7d6-c4c3fb968009' },
      active: true,
    });
    if (network === undefined) return;
    expect(await esx.network.definition(network.ref, 'current', call)).toMatchObject({
      forward: { mode: 'bridge', interfaces: [{ dev: 'vmnic0' }] },
      portgroups: [{ name: 'VM Network' }],
    });
  });

  it('tells what happens to a guest when somebody else does it', async () => {
    const seen: string[] = [];
    const sink = recordingSink(seen);
    const stop = new AbortController();
    const watching = esx.events.watch(sink, stop.signal);
    await delay(500);
    server.govc('vm.power', '-off', 'ha-host_VM1');
    await until(() => seen.includes('ha-host_VM1 stopped/shutdown'));
    server.govc('vm.power', '-on', 'ha-host_VM1');
    await until(() => seen.includes('ha-host_VM1 started/booted'));
    server.govc('vm.power', '-suspend', 'ha-host_VM1');
    await until(() => seen.includes('ha-host_VM1 suspended/paused'));
    server.govc('vm.power', '-on', 'ha-host_VM1');
    await until(() => seen.includes('ha-host_VM1 resumed/unpaused'));
    stop.abort();
    await watching;
    expect(seen.filter((text) => text.startsWith('lost'))).toEqual([]);
  });

  it('goes on when its session ended meanwhile', async () => {
    const before = await esx.domain.list(call);
    endSessions(server);
    expect(await esx.domain.list(call)).toEqual(before);
    endSessions(server);
    await esx.lifecycle.reset?.(await guest(), call);
  });

  it('refuses a wrong password', async () => {
    await expect(connect(uri(), 'wrong')).rejects.toThrow(
      refusal(45, "authentication failed: '127.0.0.1' refused the user 'user' with this password"),
    );
  });

  it('refuses a certificate nobody vouches for, and says how to pin it', async () => {
    const error: unknown = await connect(uri('')).catch((cause: unknown) => cause);
    expect(error).toEqual(
      refusal(
        40,
        /is not trusted .* add \?fingerprint=([0-9A-F]{2}:){31}[0-9A-F]{2} to the uri, .*\?cacert=FILE.*\?no_verify=1$/,
      ),
    );
    const [fingerprint] = /(?<=fingerprint=)[0-9A-F:]+/.exec(String(error)) ?? [];
    const pinned = await connect(uri(`fingerprint=${fingerprint}`));
    expect(await pinned.domain.list(call)).toHaveLength(2);
    await pinned.close();
    await expect(connect(uri(`fingerprint=${'00'.repeat(32)}`))).rejects.toThrow(refusal(40, /not the one pinned/));
  });

  it('says that it is no vCenter', async () => {
    await expect(connect(`vpx://user@127.0.0.1:${server.port}/?no_verify=1`)).rejects.toThrow(refusal(8, /esx:\/\//));
  });
});

describe.skipIf(missing !== undefined)(`a server${skipped}`, () => {
  it('that is gone gives an error of its own', async () => {
    await using server = await startVcsim('-esx');
    const esx = await connect(`esx://user@127.0.0.1:${server.port}/?no_verify=1`);
    await server.kill();
    await expect(esx.domain.list(call)).rejects.toThrow(
      refusal(
        38,
        new RegExp(
          `^unable to reach '127.0.0.1:${server.port}' for the call '.*': Connection (refused|reset by peer)$`,
        ),
      ),
    );
    await expect(connect(`esx://user@127.0.0.1:${server.port}/?no_verify=1`)).rejects.toThrow(
      refusal(38, /Connection refused$/),
    );
    await esx.close();
  });

  it('with a thousand guests is listed in at most three requests', async () => {
    await using server = await startVcsim('-vm', '1000', '-host', '1', '-cluster', '1', '-standalone-host', '0');
    const path = 'DC0/DC0_C0/DC0_C0_H0';
    const vpx = await connect(`vpx://user@127.0.0.1:${server.port}/${path}?no_verify=1`);
    for (const place of [vpx, await connect(`vpx://user@127.0.0.1:${server.port}/?no_verify=1`)]) {
      const before = place.requests;
      const began = performance.now();
      const guests = await place.domain.list(call);
      expect(guests.length).toBe(1000);
      expect(place.requests - before).toBeLessThanOrEqual(3);
      expect(performance.now() - began).toBeLessThan(30_000);
      await place.close();
    }
  });
});

function recordingSink(seen: string[]): EventSink {
  return {
    domain: (ref, event: DomainEvent) =>
      void (event.type === 'lifecycle' && seen.push(`${ref.name} ${event.event}/${event.detail}`)),
    object: () => undefined,
    lost: (reason) => void seen.push(`lost ${reason}`),
  };
}

async function until(condition: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 1_200 && !condition(); attempt += 1) await delay(50);
  expect(condition()).toBe(true);
}

/** Ends every session but govc's own. */
function endSessions(server: Vcsim): void {
  const listed = JSON.parse(server.govc('session.ls', '-json')) as {
    readonly SessionList: readonly { readonly Key: string; readonly UserAgent: string }[];
  };
  const ours = listed.SessionList.filter(({ UserAgent }) => UserAgent === 'virtkit-esx');
  for (const { Key } of ours) server.govc('session.rm', Key);
}
