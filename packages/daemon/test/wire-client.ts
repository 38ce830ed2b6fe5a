import { Buffer } from 'node:buffer';
import { connect, type Socket } from 'node:net';
import {
  type AnyCallRow,
  type ArgsIn,
  beginMessage,
  type CallName,
  type Codec,
  endMessage,
  type MessageHeader,
  messageStatus,
  MessageSplitter,
  messageType,
  type Program,
  readHeader,
  remote,
  type RetOut,
  wireError,
  type WireError,
  XdrReader,
  XdrWriter,
} from '@virtkit/protocol';

/** A message as it came, its payload copied. */
export interface Received {
  readonly header: MessageHeader;
  readonly payload: Buffer;
}

export class CallFailed extends Error {
  constructor(readonly error: WireError) {
    super(error.message ?? 'no message');
  }
}

/** A client that speaks bytes: calls, streams, and anything a test wants to send. */
export class WireClient {
  readonly received: Received[] = [];
  closed = false;
  #serial = 1;
  #splitter = new MessageSplitter();
  #waiting: (() => void)[] = [];

  private constructor(readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => {
      this.#splitter.push(chunk, (bytes, start, end) => {
        const reader = new XdrReader(bytes, start + 4, end);
        const header = readHeader(reader);
        this.received.push({ header, payload: Buffer.from(bytes.subarray(reader.position, end)) });
        return 0;
      });
      this.#wake();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.closed = true;
      this.#wake();
    });
  }

  static connect(path: string): Promise<WireClient> {
    return new Promise((resolve, reject) => {
      const socket = connect(path);
      const client = new WireClient(socket);
      socket.once('error', reject);
      socket.once('connect', () => resolve(client));
    });
  }

  /** Connected, with a session. */
  static async open(path: string, uri = 'fake:///default', flags = 0): Promise<WireClient> {
    const client = await WireClient.connect(path);
    await client.call('connectOpen', { name: uri, flags });
    return client;
  }

  /** Calls a procedure of the main program. @throws CallFailed */
  async call<K extends CallName<typeof remote>>(
    name: K,
    args: ArgsIn<typeof remote, K>,
  ): Promise<RetOut<typeof remote, K>> {
    const serial = this.send(name, args);
    return this.answer(name, serial);
  }

  /** Sends a call without waiting. @returns its serial */
  send<K extends CallName<typeof remote>>(name: K, args: ArgsIn<typeof remote, K>): number {
    const serial = this.#serial++;
    this.socket.write(callBytes(remote, name, serial, args));
    return serial;
  }

  async answer<K extends CallName<typeof remote>>(name: K, serial: number): Promise<RetOut<typeof remote, K>> {
    const { header, payload } = await this.next(
      (message) => message.header.type === messageType.reply && message.header.serial === serial,
    );
    if (header.status === messageStatus.error) throw new CallFailed(wireError.codec().read(new XdrReader(payload)));
    const row = remote.rows[name] as AnyCallRow;
    return (row.ret.codec() as Codec<RetOut<typeof remote, K>>).read(new XdrReader(payload));
  }

  /** The first message that fits, taken out of `received`; waits for it. Rejects when the connection ends first. */
  async next(fits: (message: Received) => boolean, timeoutMs = 5000): Promise<Received> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const index = this.received.findIndex(fits);
      const [found] = index < 0 ? [] : this.received.splice(index, 1);
      if (found) return found;
      if (this.closed) throw new Error('the connection was closed');
      if (Date.now() > deadline) throw new Error('nothing that fits came in time');
      await this.#change();
    }
  }

  stream(name: CallName<typeof remote>, serial: number, status: number, payload: Uint8Array = Buffer.alloc(0)): void {
    this.socket.write(streamBytes(name, serial, status, payload));
  }

  raw(bytes: Uint8Array): void {
    this.socket.write(bytes);
  }

  end(): void {
    this.socket.destroy();
  }

  /** Resolves when the server has closed the connection. */
  async gone(): Promise<void> {
    while (!this.closed) await this.#change();
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, 100);
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}

export function callBytes(program: Program, name: string, serial: number, args: unknown): Buffer {
  const row = program.rows[name];
  if (row?.kind !== 'call') throw new Error(`no procedure ${name}`);
  const header = { program: program.id, version: program.version, procedure: row.number, serial };
  return messageBytes({ ...header, type: messageType.call, status: messageStatus.ok }, (writer) =>
    (row.args.codec() as Codec<unknown>).write(writer, args),
  );
}

export function streamBytes(
  name: CallName<typeof remote>,
  serial: number,
  status: number,
  payload: Uint8Array,
): Buffer {
  const { number } = remote.rows[name];
  const header = { program: remote.id, version: remote.version, procedure: number, serial, status };
  return messageBytes({ ...header, type: messageType.stream }, (writer) => writer.raw(payload));
}

export function messageBytes(header: MessageHeader, payload: (writer: XdrWriter) => void = () => undefined): Buffer {
  const writer = new XdrWriter();
  const start = beginMessage(writer, header);
  payload(writer);
  endMessage(writer, start);
  return writer.copy();
}
