// The leanest client: calls encoded once, replies only counted. What it costs is the same for both daemons.
import { connect } from 'node:net';
import { remote, XdrWriter, beginMessage, endMessage, MessageSplitter } from '../../packages/protocol/dist/index.js';

/** A whole call message; its serial stands at byte 20. */
export function encoded(name, args) {
  const row = remote.rows[name];
  const writer = new XdrWriter();
  const start = beginMessage(writer, {
    program: remote.id,
    version: remote.version,
    procedure: row.number,
    type: 0,
    serial: 1,
    status: 0,
  });
  row.args.codec().write(writer, args);
  endMessage(writer, start);
  return writer.copy();
}

export class RawClient {
  #socket;
  #waiting = [];
  #splitter = new MessageSplitter();
  bytes = 0;

  static async open(path, uri = 'qemu:///system') {
    const client = new RawClient();
    await client.#connect(path);
    await client.call(encoded('authList', {}));
    await client.call(encoded('connectOpen', { name: uri, flags: 0 }));
    return client;
  }

  #connect(path) {
    this.#socket = connect(path);
    this.#socket.on('data', (chunk) => this.#receive(chunk));
    return new Promise((resolve, reject) => {
      this.#socket.once('connect', resolve);
      this.#socket.once('error', reject);
    });
  }

  #receive(chunk) {
    this.bytes += chunk.length;
    this.#splitter.push(chunk, (bytes, start) => {
      if (bytes.readUInt32BE(start + 16) === 1) this.#waiting.shift()?.(bytes.readUInt32BE(start + 24));
      return 0;
    });
  }

  /** Resolves with the status: 0 fine, 1 error. */
  call(message) {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#socket.write(message);
    });
  }

  close() {
    this.#socket.destroy();
  }
}

/** Microseconds of each of `count` calls, the messages in turn; fewer where they take longer than `seconds`. */
export async function latencies(client, messages, count, seconds = Infinity) {
  const times = [];
  const end = performance.now() + seconds * 1000;
  for (let at = 0; at < count && performance.now() < end; at += 1) {
    const start = process.hrtime.bigint();
    if ((await client.call(messages[at % messages.length])) !== 0) throw new Error('the call failed');
    times.push(Number(process.hrtime.bigint() - start) / 1000);
  }
  return times;
}
