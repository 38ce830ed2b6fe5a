import { describe, expect, it } from 'vitest';
import type { Connection } from '../src/contract/connection.js';
import {
  type AccessPolicy,
  type AccessSubject,
  createKernel,
  inProcessCall,
  type Kernel,
  type Session,
} from '../src/kernel.js';
import { refusingHost, silentLogger } from '../src/testing.js';
import { FakeConnection, summary, uuidOf } from './fake-connection.js';

function kernelOf(connection: Connection, access?: AccessPolicy): Kernel {
  const nowhere = '/nonexistent';
  const driver = {
    traits: { state: 'remote' },
    origin: 'TEST',
    dialect: { virtTypes: ['test'] },
    open: async () => connection,
  };
  return createKernel({
    directories: { config: nowhere, state: nowhere, run: nowhere, log: nowhere, cache: nowhere },
    logger: silentLogger,
    host: refusingHost,
    ...(access !== undefined && { access }),
    plugins: [
      {
        kind: 'given',
        name: 'fake',
        manifest: {
          apiVersion: 1,
          contributes: [{ kind: 'hypervisor', name: 'fake', schemes: ['fake'], module: '.' }],
        },
        load: async () => ({ default: { kind: 'hypervisor', name: 'fake', apiVersion: 1, setup: () => driver } }),
      },
    ],
  });
}
const open = (connection: Connection, readOnly = false, access?: AccessPolicy): Promise<Session> =>
  kernelOf(connection, access).open('fake:///', inProcessCall({ readOnly }));

/** Grants what is written down: `permission name`. */
function policy(...granted: readonly string[]): AccessPolicy & { readonly asked: AccessSubject[] } {
  const asked: AccessSubject[] = [];
  return {
    asked,
    allows: async (_identity, subject) => {
      asked.push(subject);
      return granted.includes(`${subject.permission} ${subject.name ?? ''}`.trim());
    },
  };
}

describe('a call', () => {
  it('is refused to read-only connections by function, before anything is looked up', async () => {
    const session = await open(new FakeConnection([]), true);
    await expect(session.domains.destroy({ uuid: uuidOf(9) })).rejects.toMatchObject({
      code: 29,
      origin: 20,
      message: 'operation forbidden: read only access prevents virDomainDestroyFlags',
    });
    await expect(session.domains.xmlDesc({ uuid: uuidOf(9) }, { secure: true })).rejects.toThrow(
      'operation forbidden: virDomainGetXMLDesc with secure flag',
    );
  });

  it('names the function the client called where the driver lacks it', async () => {
    const session = await open(new FakeConnection([summary(1)]));
    await expect(session.domains.start({ uuid: uuidOf(1) }, {}, { function: 'virDomainCreate' })).rejects.toMatchObject(
      {
        code: 3,
        origin: 20,
        message: 'this function is not supported by the connection driver: virDomainCreate',
      },
    );
    await expect(session.snapshots.list({ uuid: uuidOf(1) })).rejects.toMatchObject({ code: 3, origin: 35 });
    await expect(session.networks.list()).rejects.toMatchObject({ code: 3, origin: 19 });
  });

  it('is refused options the driver does not know, with their bits', async () => {
    const connection = new FakeConnection([summary(1)]);
    const session = await open(connection);
    const guest = { uuid: uuidOf(1) };
    const bits = { graceful: 1, removeLogs: 2 };
    await session.domains.destroy(guest, { graceful: true }, { flags: { value: 1, bits } });
    const refused = session.domains.destroy(guest, { removeLogs: true }, { flags: { value: 2, bits } });
    await expect(refused).rejects.toMatchObject({
      code: 8,
      message: 'unsupported flags (0x2) in function fakeDomainDestroyFlags',
    });
    const unnamed = session.domains.destroy(guest, {}, { flags: { value: 0x41, bits } });
    await expect(unnamed).rejects.toThrow('unsupported flags (0x40) in function fakeDomainDestroyFlags');
    await expect(session.domains.destroy(guest, { removeLogs: true })).rejects.toThrow(
      'unsupported flags (removeLogs)',
    );
    expect(connection.asked).toEqual(['destroy guest1']);
  });

  it('decides by the uuid alone: a false name changes nothing', async () => {
    const connection = new FakeConnection([summary(1), summary(2)]);
    const session = await open(connection);
    await session.domains.destroy({ uuid: uuidOf(2), name: 'guest1' });
    expect(connection.asked).toEqual(['destroy guest2']);
  });
});

describe('access rules', () => {
  it('see the object as it was resolved, never as the client named it', async () => {
    const access = policy('domain:stop guest1');
    const connection = new FakeConnection([summary(1), summary(2)]);
    const session = await open(connection, false, access);
    await expect(session.domains.destroy({ uuid: uuidOf(2), name: 'guest1' })).rejects.toMatchObject({
      code: 88,
      message: 'access denied',
    });
    expect(access.asked.at(-1)).toMatchObject({ kind: 'domain', name: 'guest2', uuid: uuidOf(2), driver: 'fake' });
    await session.domains.destroy({ uuid: uuidOf(1) });
    expect(connection.asked).toEqual(['destroy guest1']);
  });

  it('hide from lists what may not be seen', async () => {
    const access = policy('connect:search-domains', 'domain:getattr guest2');
    const session = await open(new FakeConnection([summary(1), summary(2)]), false, access);
    expect((await session.domains.list()).map(({ ref }) => ref.name)).toEqual(['guest2']);
    await expect(session.domains.lookupByName('guest1')).rejects.toThrow('access denied');
  });

  it('ask for more where an option needs it', async () => {
    const access = policy('domain:read guest1');
    const session = await open(new FakeConnection([summary(1)]), false, access);
    expect(await session.domains.xmlDesc({ uuid: uuidOf(1) })).toContain('<name>guest1</name>');
    await expect(session.domains.xmlDesc({ uuid: uuidOf(1) }, { secure: true })).rejects.toThrow('access denied');
  });

  it('count as a denial when they cannot be decided', async () => {
    const broken: AccessPolicy = { allows: () => Promise.reject(new Error('no answer')) };
    const session = await open(new FakeConnection([summary(1)]), false, broken);
    await expect(session.domains.info({ uuid: uuidOf(1) })).rejects.toThrow('access denied');
  });
});

describe('lists', () => {
  const guests = [
    summary(1, { active: true }),
    summary(2, { active: true, state: { state: 'paused', reason: 'user' }, persistent: false }),
    summary(3, { autostart: true }),
    summary(4, { hasManagedSave: true, snapshots: 2 }),
    summary(5, { active: true, state: { state: 'pmsuspended', reason: 'unknown' } }),
  ];
  it.each([
    [{}, [1, 2, 3, 4, 5]],
    [{ active: true }, [1, 2, 5]],
    [{ active: true, inactive: true }, [1, 2, 3, 4, 5]],
    [{ running: true, paused: true }, [1, 2]],
    [{ other: true }, [5]],
    [{ transient: true }, [2]],
    [{ inactive: true, autostart: true }, [3]],
    [{ hasSnapshot: true }, [4]],
    [{ noManagedSave: true, inactive: true }, [3]],
  ])('filter by libvirt’s groups: %j', async (filter, expected) => {
    const session = await open(new FakeConnection(guests));
    const names = (await session.domains.list(filter)).map(({ ref }) => ref.name);
    expect(names).toEqual(expected.map((number) => `guest${number}`));
  });

  it('give the old forms: numbers, names and counts', async () => {
    const { domains } = await open(new FakeConnection(guests));
    expect(await domains.activeIds()).toEqual([1, 2, 5]);
    expect(await domains.activeIds(2)).toEqual([1, 2]);
    expect(await domains.definedNames()).toEqual(['guest3', 'guest4']);
    expect(await domains.definedNames(0)).toEqual([]);
    expect([await domains.activeCount(), await domains.definedCount()]).toEqual([3, 2]);
  });
});

describe('documents', () => {
  it('are formatted once per generation and way of formatting', async () => {
    const connection = new FakeConnection([summary(1)]);
    const { domains } = await open(connection);
    const guest = { uuid: uuidOf(1) };
    const first = await domains.document(guest);
    expect(await domains.document(guest)).toBe(first);
    expect(await domains.document(guest, { secure: true })).not.toBe(first);
    connection.generation = 2;
    expect(await domains.document(guest)).not.toBe(first);
    expect(connection.asked).toHaveLength(3);
  });

  it('are never kept where the driver cannot say when they change', async () => {
    const connection = new FakeConnection([summary(1)]);
    connection.generation = undefined;
    const { domains } = await open(connection);
    await domains.document({ uuid: uuidOf(1) });
    await domains.document({ uuid: uuidOf(1) });
    expect(connection.asked).toHaveLength(2);
  });

  it('have live metadata only while the guest runs', async () => {
    const { domains } = await open(new FakeConnection([{ ...summary(1), active: false }]));
    const asked = domains.metadata({ uuid: uuidOf(1) }, { kind: 'title' }, { live: true });
    await expect(asked).rejects.toMatchObject({ code: 55, origin: 20 });
  });

  it('show title and foreign metadata, and libvirt’s error for what is not there', async () => {
    const { domains } = await open(new FakeConnection([summary(1)]));
    const guest = { uuid: uuidOf(1) };
    expect(await domains.metadata(guest, { kind: 'title' })).toBe('Guest 1');
    expect(await domains.metadata(guest, { kind: 'element', uri: 'http://example.org/app' })).toBe('<owner>me</owner>');
    await expect(domains.metadata(guest, { kind: 'element', uri: 'http://other/' })).rejects.toMatchObject({
      code: 80,
      message: 'metadata not found: Requested metadata element is not present',
    });
  });
});

describe('events', () => {
  it('end with the session, and the watch of the hypervisor with the last of them', async () => {
    let watching = 0;
    const connection = new FakeConnection([summary(1)]);
    const events: Connection['events'] = {
      watch: (sink, signal) => {
        watching += 1;
        sink.domain({ uuid: uuidOf(1), name: 'guest1' }, { type: 'reboot' });
        return new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            watching -= 1;
            resolve();
          });
        });
      },
    };
    const session = await open(Object.assign(connection, { events }));
    const seen: string[] = [];
    session.events.onDomain({}, ({ object, event }) => seen.push(`${object.name} ${event.type}`));
    const second = session.events.onDomain({}, () => undefined);
    expect([watching, seen]).toEqual([1, ['guest1 reboot']]);
    second[Symbol.dispose]();
    expect(watching).toBe(1);
    await session.close();
    expect(watching).toBe(0);
  });
});

describe('a session', () => {
  it('ends the driver’s connection once', async () => {
    const connection = new FakeConnection([]);
    const session = await open(connection);
    await session.close();
    await session.close();
    expect(connection.asked).toEqual(['close']);
    expect(session.alive()).toBe(false);
  });
});
