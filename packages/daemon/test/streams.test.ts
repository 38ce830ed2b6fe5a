import { randomBytes } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { messageLimits, messageStatus, messageType, remote, streamHole, XdrReader } from '@virtkit/protocol';
import { domainXml } from './domain-xml.js';
import { type RunningDaemon, startDaemon } from './start-daemon.js';
import { messageBytes, WireClient } from './wire-client.js';

/** What happens as soon as the daemon has turned to it, however busy the machine is. */
const soon = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 10 });

let daemon: RunningDaemon;
let client: WireClient;
beforeEach(async () => {
  daemon = await startDaemon();
  client = await WireClient.open(daemon.socket);
});
afterEach(async () => {
  client.end();
  expect(daemon.logged).toEqual([]);
  await daemon[Symbol.asyncDispose]();
});

const vol = { pool: 'fake', name: 'disk', key: 'disk' };
const { ok, error, continue: more } = messageStatus;
const path = (): string => `${daemon.folder}/disk`;

async function openStream(
  name: 'storageVolUpload' | 'storageVolDownload',
  offset = 0n,
  length = 0n,
  flags = 0,
): Promise<number> {
  const serial = client.send(name, { vol, offset, length, flags });
  await client.answer(name, serial);
  return serial;
}

/** Everything up to the empty packet: data, and holes as lengths. */
async function download(serial: number): Promise<(Buffer | bigint)[]> {
  const parts: (Buffer | bigint)[] = [];
  for (;;) {
    const { header, payload } = await client.next(
      ({ header }) => header.serial === serial && header.type !== messageType.reply,
    );
    if (header.type === messageType.streamHole) parts.push(streamHole.codec().read(new XdrReader(payload)).length);
    else if (payload.length === 0 || header.status !== more) return parts;
    else parts.push(payload);
  }
}
const finished = async (serial: number, status: number) =>
  (
    await client.next(
      ({ header }) => header.serial === serial && header.type === messageType.stream && header.status === status,
    )
  ).header;

describe('a download', () => {
  it('comes in packets of at most 262,120 bytes, ends with an empty one, and is finished by the client', async () => {
    const content = randomBytes(1_000_003);
    writeFileSync(path(), content);
    const serial = await openStream('storageVolDownload');
    const parts = (await download(serial)) as Buffer[];
    expect(Buffer.concat(parts).equals(content)).toBe(true);
    expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(messageLimits.streamChunk);
    client.stream('storageVolDownload', serial, ok);
    expect(await finished(serial, ok)).toMatchObject({ procedure: remote.rows.storageVolDownload.number });
    expect(daemon.host().openFiles).toBe(0);
  });

  it('of a range gives that range', async () => {
    writeFileSync(path(), 'abcdefghij');
    const serial = await openStream('storageVolDownload', 2n, 5n);
    expect(Buffer.concat((await download(serial)) as Buffer[]).toString()).toBe('cdefg');
  });

  it('of a sparse file sends holes when the client asked for them, and only then', async () => {
    const chunk = messageLimits.streamChunk;
    writeFileSync(path(), Buffer.concat([Buffer.from('a'), Buffer.alloc(3 * chunk - 1), Buffer.from('z')]));
    const sparse = await download(await openStream('storageVolDownload', 0n, 0n, 1));
    expect(sparse.filter((part) => typeof part === 'bigint')).toEqual([BigInt(2 * chunk)]);
    expect(sparse.reduce((sum, part) => sum + (typeof part === 'bigint' ? Number(part) : part.length), 0)).toBe(
      3 * chunk + 1,
    );
    const plain = await download(await openStream('storageVolDownload'));
    expect(plain.every((part) => typeof part !== 'bigint')).toBe(true);
  });

  it('can be aborted in the middle, and nothing stays open', async () => {
    writeFileSync(path(), Buffer.alloc(20_000_000, 1));
    const serial = await openStream('storageVolDownload');
    await client.next(({ header }) => header.type === messageType.stream);
    client.stream('storageVolDownload', serial, error);
    await finished(serial, ok);
    await soon(() => expect(daemon.host().openFiles).toBe(0));
  });

  it('to a client that does not read waits, and ends with the client', async () => {
    writeFileSync(path(), Buffer.alloc(50_000_000, 1));
    await openStream('storageVolDownload');
    client.socket.pause();
    await sleep(100);
    expect(daemon.host().openFiles).toBe(1);
    const other = await WireClient.open(daemon.socket);
    expect(await other.call('connectGetType', {})).toEqual({ type: 'FAKE' });
    other.end();
    client.end();
    await soon(() => expect(daemon.host().openFiles).toBe(0));
  });
});

describe('an upload', () => {
  it('is written in order, whatever the packet sizes, and answered when it is finished', async () => {
    const content = randomBytes(3_000_000);
    const serial = await openStream('storageVolUpload');
    for (let at = 0, size = 1; at < content.length; at += size, size = (size * 7) % 700_001) {
      client.stream('storageVolUpload', serial, more, content.subarray(at, at + size));
    }
    client.stream('storageVolUpload', serial, ok);
    await finished(serial, ok);
    expect(readFileSync(path()).equals(content)).toBe(true);
    expect(daemon.host().openFiles).toBe(0);
  });

  it('takes packets of up to 32 MiB', async () => {
    const serial = await openStream('storageVolUpload');
    client.stream('storageVolUpload', serial, more, Buffer.alloc(messageLimits.maxLength - messageLimits.minLength, 7));
    client.stream('storageVolUpload', serial, ok);
    await finished(serial, ok);
    expect(statSync(path()).size).toBe(messageLimits.maxLength - messageLimits.minLength);
  });

  it('keeps holes, also at the end', async () => {
    const serial = await openStream('storageVolUpload', 0n, 0n, 1);
    client.stream('storageVolUpload', serial, more, Buffer.from('abc'));
    const { number } = remote.rows.storageVolUpload;
    const header = {
      program: remote.id,
      version: 1,
      procedure: number,
      type: messageType.streamHole,
      serial,
      status: more,
    };
    client.raw(messageBytes(header, (writer) => streamHole.codec().write(writer, { length: 1_000_000, flags: 0 })));
    client.stream('storageVolUpload', serial, ok);
    await finished(serial, ok);
    expect(statSync(path()).size).toBe(1_000_003);
  });

  it('beyond its range fails, and the stream is gone', async () => {
    const serial = await openStream('storageVolUpload', 0n, 4n);
    client.stream('storageVolUpload', serial, more, Buffer.from('abcdef'));
    await finished(serial, error);
    client.stream('storageVolUpload', serial, ok);
    expect(await client.call('connectGetType', {})).toEqual({ type: 'FAKE' });
    expect(client.received).toEqual([]);
  });

  it('of a client that vanishes leaves no file open, 400 times', async () => {
    const clients = await Promise.all(Array.from({ length: 400 }, () => WireClient.open(daemon.socket)));
    for (const one of clients) {
      const serial = one.send('storageVolUpload', { vol, offset: 0n, length: 0n, flags: 0 });
      one.stream('storageVolUpload', serial, more, Buffer.alloc(1000));
    }
    await sleep(100);
    for (const one of clients) one.end();
    await soon(() => expect([daemon.host().openFiles, daemon.daemon.clientCount]).toEqual([0, 1]));
  });
});

describe('a console', () => {
  const dom = { name: 'demo', uuid: 'dd3a4c9d-0000-4000-8000-000000000001', id: -1 };

  it('carries bytes both ways as they come, and closes when the client is through', async () => {
    await client.call('domainDefineXML', { xml: domainXml('demo') });
    const serial = client.send('domainOpenConsole', { dom, flags: 0 });
    await client.answer('domainOpenConsole', serial);
    client.stream('domainOpenConsole', serial, more, Buffer.from('hello'));
    const { payload } = await client.next(({ header }) => header.type === messageType.stream);
    expect(payload.toString()).toBe('HELLO');
    client.stream('domainOpenConsole', serial, error);
    await finished(serial, ok);
    expect(daemon.host().openConsoles).toBe(0);
  });

  it('ends with a client that vanishes', async () => {
    const other = await WireClient.open(daemon.socket);
    await other.call('domainDefineXML', { xml: domainXml('demo') });
    await other.answer('domainOpenConsole', other.send('domainOpenConsole', { dom, flags: 0 }));
    expect(daemon.host().openConsoles).toBe(1);
    other.end();
    await soon(() => expect(daemon.host().openConsoles).toBe(0));
  });
});

describe('packets of streams nobody knows', () => {
  it('are ignored', async () => {
    client.stream('storageVolUpload', 4711, more, Buffer.from('x'));
    client.stream('storageVolUpload', 4711, ok);
    expect(await client.call('connectGetType', {})).toEqual({ type: 'FAKE' });
    expect(client.received).toEqual([]);
  });
});
