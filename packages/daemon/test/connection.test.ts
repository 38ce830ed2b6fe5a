import { statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { AccessPolicy, Identity } from '@virtkit/core';
import { nativeServices } from '@virtkit/host';
import { admin, keepalive, messageStatus, messageType, remote, XdrReader } from '@virtkit/protocol';
import { type RunningDaemon, startDaemon } from './start-daemon.js';
import { callBytes, type CallFailed, messageBytes, WireClient } from './wire-client.js';

let daemon: RunningDaemon;
beforeAll(async () => {
  daemon = await startDaemon();
});
afterAll(async () => {
  expect(daemon.logged).toEqual([]);
  await daemon[Symbol.asyncDispose]();
});

/** What happens as soon as the daemon has turned to it, however busy the machine is. */
const soon = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 5 });

async function failure(attempt: Promise<unknown>): Promise<unknown> {
  const { error } = (await attempt.then(
    () => expect.fail('succeeded'),
    (e: unknown) => e,
  )) as CallFailed;
  return error;
}

const call = { program: remote.id, version: 1, serial: 9, type: messageType.call, status: messageStatus.ok };

describe('sockets', () => {
  it('have the modes that were asked for', () => {
    expect(statSync(daemon.socket).mode & 0o777).toBe(0o600);
    expect(statSync(daemon.readOnlySocket).mode & 0o777).toBe(0o777);
  });
});

describe('rules', () => {
  it('learn who is behind a socket', async () => {
    const seen: Identity[] = [];
    const allows: AccessPolicy['allows'] = (identity, { permission }) => {
      seen.push(identity);
      return permission !== 'connect:getattr';
    };
    await using ruled = await startDaemon({}, { allows });
    const client = await WireClient.open(ruled.socket);
    await expect(client.call('connectGetHostname', {})).rejects.toMatchObject({ error: { code: 88 } });
    const native = await nativeServices();
    const own = { pid: process.pid, uid: process.getuid?.(), gid: process.getgid?.() };
    expect(seen.at(-1)).toEqual(native === undefined ? {} : own);
    client.end();
  });
});

describe('a connection', () => {
  it('goes through libvirt`s handshake and answers from the driver', async () => {
    const client = await WireClient.connect(daemon.socket);
    expect(await client.call('authList', {})).toEqual({ types: [0] });
    expect(await client.call('connectSupportsFeature', { feature: 10 })).toEqual({ supported: 1 });
    await client.call('connectOpen', { name: 'fake:///default', flags: 6 });
    expect(await client.call('connectSupportsFeature', { feature: 14 })).toEqual({ supported: 1 });
    expect(await client.call('connectSupportsFeature', { feature: 99 })).toEqual({ supported: 0 });
    expect(await client.call('connectGetType', {})).toEqual({ type: 'FAKE' });
    expect(await client.call('connectGetHostname', {})).toEqual({ hostname: 'fake.example' });
    expect(await client.call('connectGetURI', {})).toEqual({ uri: 'fake:///default' });
    client.end();
  });

  it('is found by probing when the client names no uri', async () => {
    const client = await WireClient.open(daemon.socket, '');
    expect(await client.call('connectGetURI', {})).toEqual({ uri: 'fake:///default' });
    client.end();
  });

  it('answers close, then ends', async () => {
    const client = await WireClient.open(daemon.socket);
    expect(await client.call('connectClose', {})).toEqual({});
    await client.gone();
  });

  it('answers calls that are still running before it ends', async () => {
    const client = await WireClient.open(daemon.socket);
    const slow = client.send('connectGetSysinfo', { flags: 0 });
    const close = client.send('connectClose', {});
    await client.answer('connectClose', close);
    expect(await client.answer('connectGetSysinfo', slow)).toEqual({ sysinfo: '<sysinfo/>' });
    await client.gone();
  });

  it('refuses a second open and drops the first', async () => {
    const client = await WireClient.open(daemon.socket);
    expect(await failure(client.call('connectOpen', { name: 'fake:///default', flags: 0 }))).toMatchObject({ code: 1 });
    expect(await failure(client.call('connectGetType', {}))).toMatchObject({
      code: 1,
      domain: 7,
      message: 'internal error: hypervisor connection not open',
    });
    client.end();
  });

  it('answers a ping, whatever its serial', async () => {
    const client = await WireClient.connect(daemon.socket);
    const ping = { program: keepalive.id, version: 1, procedure: 1, type: messageType.event, serial: 0, status: 0 };
    client.raw(messageBytes(ping));
    const { header } = await client.next(() => true);
    expect(header).toEqual({ ...ping, procedure: 2 });
    client.end();
  });
});

describe('errors', () => {
  it('name a program nobody serves', async () => {
    const client = await WireClient.open(daemon.socket);
    client.raw(messageBytes({ ...call, program: 0x1234, procedure: 1 }));
    const { payload } = await client.next(({ header }) => header.serial === 9);
    expect(payload.readInt32BE(0)).toBe(39);
    expect(payload.toString()).toContain('Cannot find program 4660 version 1');
    client.end();
  });

  it('name a procedure nobody knows', async () => {
    const client = await WireClient.open(daemon.socket);
    client.raw(messageBytes({ ...call, procedure: 9999 }));
    const { header, payload } = await client.next((message) => message.header.serial === 9);
    expect([header.status, payload.readInt32BE(0), payload.readInt32BE(4)]).toEqual([messageStatus.error, 39, 7]);
    expect(payload.toString()).toContain('unknown procedure: 9999');
    client.end();
  });

  it('say "not supported" for what the driver lacks, with the public function', async () => {
    const client = await WireClient.open(daemon.socket);
    expect(await failure(client.call('connectNumOfNetworks', {}))).toMatchObject({
      code: 3,
      message: 'this function is not supported by the connection driver: virConnectNumOfNetworks',
      str1: 'this function is not supported by the connection driver: %1$s',
      str2: 'virConnectNumOfNetworks',
      int1: -1,
      int2: -1,
    });
    client.end();
  });

  it('name unknown flag bits and the function', async () => {
    const client = await WireClient.open(daemon.socket);
    const error = await failure(client.call('connectListAllDomains', { needResults: 1, flags: 0x40_0000 }));
    expect(error).toMatchObject({ code: 8 });
    expect((error as { message: string }).message).toContain(
      'unsupported flags (0x400000) in function fakeConnectListAllDomains',
    );
    client.end();
  });

  it('answer short arguments and go on; what follows arguments is ignored', async () => {
    const client = await WireClient.open(daemon.socket);
    client.raw(messageBytes({ ...call, procedure: remote.rows.domainLookupByName.number }));
    const { payload } = await client.next(({ header }) => header.serial === 9);
    expect(payload.readInt32BE(0)).toBe(39);
    const long = callBytes(remote, 'connectGetType', 77, {});
    const padded = Buffer.concat([long, Buffer.alloc(12)]);
    padded.writeUInt32BE(padded.length);
    client.raw(padded);
    expect((await client.next(({ header }) => header.serial === 77)).header.status).toBe(messageStatus.ok);
    client.end();
  });

  it('are not answered to what is no call', async () => {
    const client = await WireClient.open(daemon.socket);
    for (const type of [messageType.reply, messageType.event, messageType.stream, messageType.streamHole, 77]) {
      client.raw(messageBytes({ ...call, program: 0x1234, procedure: 1, type }));
    }
    expect(await client.call('connectGetType', {})).toEqual({ type: 'FAKE' });
    expect(client.received).toEqual([]);
    client.end();
  });

  it('tell a domain that is not there by the uuid the client holds', async () => {
    const client = await WireClient.open(daemon.socket);
    const uuid = 'dd3a4c9d-0000-4000-8000-000000000001';
    const dom = { name: 'gone', uuid, id: -1 };
    expect(await failure(client.call('domainGetInfo', { dom }))).toMatchObject({
      code: 42,
      message: `Domain not found: no domain with matching uuid '${uuid}' (gone)`,
    });
    client.end();
  });
});

describe('read-only access', () => {
  it('refuses by procedure, before arguments are looked at', async () => {
    const client = await WireClient.open(daemon.readOnlySocket);
    client.raw(messageBytes({ ...call, procedure: remote.rows.domainDestroy.number }));
    const { payload } = await client.next(({ header }) => header.serial === 9);
    expect(payload.readInt32BE(0)).toBe(29);
    expect(payload.toString()).toContain('operation forbidden: read only access prevents virDomainDestroy');
    expect(await client.call('connectGetType', {})).toEqual({ type: 'FAKE' });
    client.end();
  });

  it('is kept when the client asks for it on the read-write socket', async () => {
    const client = await WireClient.open(daemon.socket, 'fake:///default', 1);
    const dom = { name: 'x', uuid: '00000000-0000-0000-0000-000000000000', id: -1 };
    expect(await failure(client.call('domainUndefine', { dom }))).toMatchObject({ code: 29 });
    client.end();
  });
});

describe('a client that leaves while its calls are running', () => {
  it('is gone at once, however many calls it had in flight', async () => {
    const client = await WireClient.open(daemon.socket);
    const before = daemon.daemon.clientCount;
    onTestFinished(daemon.host().holdSlowCalls());
    for (let i = 0; i < 9; i++) client.send('connectGetSysinfo', { flags: 0 });
    await soon(() => expect(daemon.host().slowCalls).toBe(5));
    client.end();
    await soon(() => expect(daemon.daemon.clientCount).toBe(before - 1));
    expect(daemon.host().slowCalls).toBe(5);
  });
});

describe('the administration', () => {
  const adminCall = async (client: WireClient, name: string, args: object): Promise<Buffer> => {
    client.raw(callBytes(admin, name, 5, args));
    const { header, payload } = await client.next((message) => message.header.serial === 5);
    expect([name, header.status]).toEqual([name, messageStatus.ok]);
    return payload;
  };

  it('lists servers and clients, says who is read-only, and ends connections', async () => {
    const watched = await WireClient.open(daemon.readOnlySocket);
    const client = await WireClient.connect(daemon.adminSocket);
    await adminCall(client, 'connectOpen', { flags: 0 });
    const { ret } = admin.rows.serverListClients;
    const srv = { name: 'virtkitd' };
    const payload = await adminCall(client, 'serverListClients', { srv, needResults: 1, flags: 0 });
    const { clients } = ret.codec().read(new XdrReader(payload));
    const clnt = clients.at(-1);
    const info = await adminCall(client, 'clientGetInfo', { clnt, flags: 0 });
    expect(admin.rows.clientGetInfo.ret.codec().read(new XdrReader(info)).params).toContainEqual({
      field: 'readonly',
      type: 'boolean',
      value: true,
    });
    await adminCall(client, 'clientClose', { clnt, flags: 0 });
    await watched.gone();
    client.end();
  });

  it('frees its place when a client closes', async () => {
    for (let i = 0; i < 12; i++) {
      const client = await WireClient.connect(daemon.adminSocket);
      await adminCall(client, 'connectOpen', { flags: 0 });
      await adminCall(client, 'connectClose', {});
      await client.gone();
    }
  });
});

describe('many calls', () => {
  it('pipelined in one chunk are all answered', async () => {
    const client = await WireClient.open(daemon.socket);
    const calls = Array.from({ length: 500 }, (_, i) => callBytes(remote, 'connectGetType', 1000 + i, {}));
    client.raw(Buffer.concat(calls));
    for (let i = 0; i < 500; i++) await client.next(({ header }) => header.serial === 1000 + i);
    client.end();
  });

  it('over the limit wait until one is answered, and all are', async () => {
    const client = await WireClient.open(daemon.socket);
    const started = performance.now();
    const serials = Array.from({ length: 12 }, () => client.send('connectGetSysinfo', { flags: 0 }));
    for (const serial of serials) await client.answer('connectGetSysinfo', serial);
    // Each takes 50 ms and five run at a time: three rounds.
    expect(performance.now() - started).toBeGreaterThan(140);
    client.end();
  });

  it('over the limit do not keep a ping from being answered', async () => {
    const client = await WireClient.open(daemon.socket);
    const release = daemon.host().holdSlowCalls();
    onTestFinished(release);
    const serials = Array.from({ length: 8 }, () => client.send('connectGetSysinfo', { flags: 0 }));
    const ping = { program: keepalive.id, version: 1, procedure: 1, type: messageType.event, serial: 0, status: 0 };
    client.raw(messageBytes(ping));
    await client.next(({ header }) => header.program === keepalive.id);
    release();
    for (const serial of serials) await client.answer('connectGetSysinfo', serial);
    client.end();
  });

  it('without end are not read without end', async () => {
    const client = await WireClient.open(daemon.socket);
    for (let i = 0; i < 5; i++) client.send('connectGetSysinfo', { flags: 0 });
    const many = Buffer.concat(
      Array.from({ length: 20_000 }, (_, i) => callBytes(remote, 'connectGetSysinfo', 50 + i, { flags: 0 })),
    );
    client.raw(many);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(client.socket.writableLength).toBeGreaterThan(0);
    client.end();
  });
});
