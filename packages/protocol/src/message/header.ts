import type { XdrReader } from '../xdr/reader.js';
import type { XdrWriter } from '../xdr/writer.js';

/** @libvirt virNetMessageType */
export const messageType = {
  call: 0,
  reply: 1,
  event: 2,
  stream: 3,
  callWithFds: 4,
  replyWithFds: 5,
  streamHole: 6,
} as const;

/** @libvirt virNetMessageStatus */
export const messageStatus = { ok: 0, error: 1, continue: 2 } as const;

/** Sizes in bytes. The length word counts itself. */
export const messageLimits = {
  lengthBytes: 4,
  headerBytes: 24,
  minLength: 28,
  maxLength: 33_554_436,
  /** Most bytes of data a server puts into one stream message. */
  streamChunk: 262_120,
  maxFds: 32,
} as const;

/** The 24 bytes after the length. Numbers no table knows are kept as they are. */
export interface MessageHeader {
  readonly program: number;
  readonly version: number;
  readonly procedure: number;
  readonly type: number;
  readonly serial: number;
  readonly status: number;
}

/** Reads a header; the reader stands behind the length word. */
export function readHeader(reader: XdrReader): MessageHeader {
  return {
    program: reader.uint(),
    version: reader.uint(),
    procedure: reader.int(),
    type: reader.int(),
    serial: reader.uint(),
    status: reader.int(),
  };
}

/** Starts a message. @returns where it starts, for `endMessage` */
export function beginMessage(writer: XdrWriter, header: MessageHeader): number {
  const start = writer.length;
  writer.uint(0);
  writer.uint(header.program);
  writer.uint(header.version);
  writer.int(header.procedure);
  writer.int(header.type);
  writer.uint(header.serial);
  writer.int(header.status);
  return start;
}

/** Fills in the length of the message that began at `start`. */
export function endMessage(writer: XdrWriter, start: number): void {
  writer.patchUint(start, writer.length - start);
}
