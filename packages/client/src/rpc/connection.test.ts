import { Duplex } from 'node:stream';
import {
  beginMessage,
  endMessage,
  keepalive,
  MessageSplitter,
  messageStatus,
  messageType,
  readHeader,
  remote,
  wireError,
  XdrReader,
  XdrWriter,
} from '@virtkit/protocol';
import { describe, expect, it } from 'vitest';
import { ConnectionError, LibvirtError } from '../errors.js';
import { RpcConnection } from './connection.js';

type Header = ReturnType<typeof readHeader>;

/** A daemon in the same process: what the client sent, and a way to answer. */
class Peer {
  readonly seen: { readonly header: Header; readonly body: Buffer }[] = [];
  readonly socket: Duplex;
  readonly #splitter = new MessageSplitter();
  #arrived: (() => void) | undefined;

  constructor() {
    this.socket = new Duplex({
      read: () => undefined,
      write: (chunk: Buffer, _encoding, done) => {
        this.#splitter.push(chunk, (bytes, start, end) => {
          const reader = new XdrReader(bytes, start + 4, end);
          const header = readHeader(reader);
          this.seen.push({ header, body: Buffer.from(bytes.subarray(reader.position, end)) });
          this.#arrived?.();
          return 0;
        });
        done();
      },
    });
  }

  async message(index: number): Promise<{ readonly header: Header; readonly body: Buffer }> {
    for (;;) {
      const found = this.seen[index];
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => {
        this.#arrived = resolve;
      });
    }
  }

  send(header: Header, body: (writer: XdrWriter) => void = () => undefined): void {
    const writer = new XdrWriter();
    const start = beginMessage(writer, header);
    body(writer);
    endMessage(writer, start);
    this.socket.push(writer.copy());
  }
}

const replyTo = (header: Header, status: number = messageStatus.ok): Header => ({
  ...header,
  type: messageType.reply,
  status,
});

describe('RpcConnection', () => {
  it('matches replies to calls in any order', async () => {
    const peer = new Peer();
    const rpc = new RpcConnection(peer.socket);
    const first = rpc.call(remote, 'connectGetType', {});
    const second = rpc.call(remote, 'connectGetHostname', {});
    peer.send(replyTo((await peer.message(1)).header), (writer) => writer.string('host', 100));
    peer.send(replyTo((await peer.message(0)).header), (writer) => writer.string('QEMU', 100));
    expect([(await first).type, (await second).hostname]).toEqual(['QEMU', 'host']);
  });

  it('rejects with the numbers and words the daemon answered', async () => {
    const peer = new Peer();
    const call = new RpcConnection(peer.socket).call(remote, 'domainLookupByName', { name: 'x' });
    const error = { code: 42, domain: 10, message: 'Domain not found', level: 2, int1: -1, int2: -1 };
    peer.send(replyTo((await peer.message(0)).header, messageStatus.error), (writer) =>
      wireError.codec().write(writer, error),
    );
    await expect(call).rejects.toMatchObject({
      name: 'LibvirtError',
      code: 42,
      domain: 10,
      message: 'Domain not found',
    });
    await call.catch((cause: unknown) => expect(cause).toBeInstanceOf(LibvirtError));
  });

  it('answers a ping with a pong', async () => {
    const peer = new Peer();
    const rpc = new RpcConnection(peer.socket);
    peer.send({ program: keepalive.id, version: 1, procedure: 1, type: messageType.event, serial: 0, status: 0 });
    expect((await peer.message(0)).header).toMatchObject({ program: keepalive.id, procedure: 2 });
    rpc.end();
  });

  it('gives up a call when its signal aborts, and drops the late answer', async () => {
    const peer = new Peer();
    const rpc = new RpcConnection(peer.socket);
    const stop = new AbortController();
    const call = rpc.call(remote, 'connectGetType', {}, { signal: stop.signal });
    const { header } = await peer.message(0);
    stop.abort(new Error('enough'));
    await expect(call).rejects.toThrow('enough');
    peer.send(replyTo(header), (writer) => writer.string('late', 100));
    rpc.end();
  });

  it('waits once for a daemon that reads slowly, however many calls there are', () => {
    const socket = new Duplex({ writableHighWaterMark: 1, read: () => undefined, write: () => undefined });
    const rpc = new RpcConnection(socket);
    for (let calls = 0; calls < 20; calls += 1) void rpc.call(remote, 'connectGetType', {}).catch(() => undefined);
    expect(socket.listenerCount('drain')).toBe(1);
    socket.destroy();
  });

  it('rejects everything that waits when the connection ends, and every call after it', async () => {
    const peer = new Peer();
    const rpc = new RpcConnection(peer.socket);
    const call = rpc.call(remote, 'connectGetType', {});
    peer.socket.destroy();
    await expect(call).rejects.toBeInstanceOf(ConnectionError);
    await expect(rpc.call(remote, 'connectGetType', {})).rejects.toBeInstanceOf(ConnectionError);
    expect(await rpc.closed).toBeInstanceOf(ConnectionError);
  });

  it('ends the connection on bytes that are no message', async () => {
    const peer = new Peer();
    const rpc = new RpcConnection(peer.socket);
    peer.socket.push(Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]));
    expect((await rpc.closed)?.message).toContain('does not speak the protocol');
  });

  it('reads a stream to its end and finishes it', async () => {
    const peer = new Peer();
    const opening = new RpcConnection(peer.socket).openStream(remote, 'storageVolDownload', {
      vol: { pool: 'p', name: 'v', key: 'k' },
      offset: 0n,
      length: 0n,
      flags: 0,
    });
    const { header } = await peer.message(0);
    const data = { ...header, type: messageType.stream, status: messageStatus.continue };
    peer.send(replyTo(header));
    peer.send(data, (writer) => writer.raw(Buffer.from('abc')));
    peer.send(data);
    const { stream } = await opening;
    const chunks: string[] = [];
    for await (const chunk of stream) chunks.push(Buffer.from(chunk).toString());
    const finished = stream.finish();
    expect((await peer.message(1)).header).toMatchObject({ type: messageType.stream, status: messageStatus.ok });
    peer.send({ ...data, status: messageStatus.ok });
    await finished;
    expect(chunks).toEqual(['abc']);
  });
});
