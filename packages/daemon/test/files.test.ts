import { closeSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { descriptorOf, nativeServices } from '@virtkit/host';
import { MessageSplitter, messageStatus, messageType, readHeader, remote, XdrReader } from '@virtkit/protocol';
import { domainXml, uuidOf } from './domain-xml.js';
import { type RunningDaemon, startDaemon } from './start-daemon.js';
import { callBytes, WireClient } from './wire-client.js';

const native = await nativeServices();
const dom = { name: 'one', uuid: uuidOf(1), id: -1 };
const PASSING = 8;

let daemon: RunningDaemon;
beforeAll(async () => {
  daemon = await startDaemon();
  const client = await WireClient.open(daemon.socket);
  await client.call('domainDefineXML', { xml: domainXml('one') });
  writeFileSync(join(daemon.folder, 'display0'), 'a display');
});
afterAll(async () => {
  await daemon[Symbol.asyncDispose]();
});

/** A connected socket nobody reads: Node would throw descriptors away. */
async function unread(): Promise<Socket> {
  const socket = connect(daemon.socket);
  socket.pause();
  await new Promise((resolve) => socket.once('connect', resolve));
  return socket;
}

/** What came: messages by type and serial, with the bytes behind them that belong to descriptors, and these. */
interface Seen {
  readonly order: (readonly [type: number, serial: number, status: number])[];
  readonly fds: number[];
}

async function seen(socket: Socket, messages: number): Promise<Seen> {
  const found: Seen = { order: [], fds: [] };
  const splitter = new MessageSplitter();
  const take = (bytes: Buffer, start: number, end: number): number => {
    const reader = new XdrReader(bytes, start + 4, end);
    const { type, serial, status } = readHeader(reader);
    found.order.push([type, serial, status]);
    return type === messageType.replyWithFds ? reader.uint() : 0;
  };
  await expect
    .poll(() => {
      const got = native?.receiveDescriptors(descriptorOf(socket), 1 << 16);
      if (got !== undefined) found.fds.push(...got.fds);
      if (got !== undefined && got.data.length > 0) splitter.push(got.data, take);
      return found.order.length;
    })
    .toBe(messages);
  return found;
}

const withNative = (title: string, run: () => Promise<void>): void =>
  it.skipIf(native === undefined)(`${title} (koffi is needed)`, run);

withNative('answers with a descriptor, between the answers before and after it', async () => {
  const socket = await unread();
  const graphics = (serial: number, idx: number): Buffer =>
    callBytes(remote, 'domainOpenGraphicsFD', serial, { dom, idx, flags: 0 });
  socket.write(callBytes(remote, 'connectOpen', 1, { name: 'fake:///default', flags: 0 }));
  await seen(socket, 1);
  const pings = [2, 5, 6, 7].map((serial) => callBytes(remote, 'connectGetLibVersion', serial, {}));
  socket.write(Buffer.concat([pings[0]!, graphics(3, 0), graphics(4, 0), ...pings.slice(1)]));
  const { order, fds } = await seen(socket, 6);
  expect([...order].sort(([, a], [, b]) => a - b)).toEqual([
    [messageType.reply, 2, messageStatus.ok],
    [messageType.replyWithFds, 3, messageStatus.ok],
    [messageType.replyWithFds, 4, messageStatus.ok],
    [messageType.reply, 5, messageStatus.ok],
    [messageType.reply, 6, messageStatus.ok],
    [messageType.reply, 7, messageStatus.ok],
  ]);
  await expect.poll(() => daemon.host().openFiles).toBe(0);
  expect(fds.map((fd) => readFileSync(fd, 'utf8'))).toEqual(['a display', 'a display']);
  for (const fd of fds) closeSync(fd);
  socket.destroy();
});

withNative('closes the descriptor of a client that left', async () => {
  const client = await WireClient.open(daemon.socket);
  client.socket.write(callBytes(remote, 'domainOpenGraphicsFD', 9, { dom, idx: 0, flags: 0 }));
  client.socket.destroy();
  await expect.poll(() => daemon.host().openFiles).toBe(0);
  const other = await WireClient.open(daemon.socket);
  expect(await other.call('connectGetLibVersion', {})).toMatchObject({});
  other.socket.destroy();
});

it('says that it passes descriptors where native code is there', async () => {
  const client = await WireClient.open(daemon.socket);
  const { supported } = await client.call('connectSupportsFeature', { feature: PASSING });
  expect(supported).toBe(native === undefined ? 0 : 1);
  client.socket.destroy();
});
