import { failure } from './failure.js';
import { flags, type Libc, type MessageHeader } from './libc.js';

/** Most descriptors in one message. */
const mostDescriptors = 253;

const headerLength = 16;
const socketLevel = 1;
const rights = 1;
const noSignal = 0x4000;
const doNotWait = 0x40;

/** Sends bytes, and descriptors with the first of them. Returns the bytes sent; the caller keeps its descriptors. */
export function sendDescriptors(libc: Libc, socket: number, data: Uint8Array, fds: readonly number[]): number {
  if (fds.length > mostDescriptors) throw new RangeError(`${fds.length} descriptors in one message`);
  const control = Buffer.alloc(align(headerLength + fds.length * 4));
  control.writeBigUInt64LE(BigInt(headerLength + fds.length * 4), 0);
  control.writeInt32LE(socketLevel, 8);
  control.writeInt32LE(rights, 12);
  for (const [index, fd] of fds.entries()) control.writeInt32LE(fd, headerLength + index * 4);
  const sent = libc.sendmsg(socket, message(Buffer.from(data), fds.length > 0 ? control : null), noSignal);
  if (sent < 0) throw failure(libc, 'sendmsg');
  return sent;
}

export interface Received {
  readonly data: Buffer;
  /** Close-on-exec, the caller's to close. */
  readonly fds: readonly number[];
}

/** Receives what is there, at most `size` bytes; undefined when nothing is. Empty data is the end of the stream. */
export function receiveDescriptors(libc: Libc, socket: number, size: number): Received | undefined {
  const data = Buffer.alloc(size);
  const control = Buffer.alloc(align(headerLength + mostDescriptors * 4));
  const header = message(data, control);
  const count = libc.recvmsg(socket, header, doNotWait | flags.MSG_CMSG_CLOEXEC);
  if (count >= 0) return { data: data.subarray(0, count), fds: received(control.subarray(0, header.msg_controllen)) };
  const error = failure(libc, 'recvmsg');
  if ('code' in error && error.code === 'EAGAIN') return undefined;
  throw error;
}

const align = (length: number): number => Math.ceil(length / 8) * 8;

const message = (data: Buffer, control: Buffer | null): MessageHeader => ({
  msg_name: null,
  msg_namelen: 0,
  msg_iov: [{ iov_base: data, iov_len: data.length }],
  msg_iovlen: 1,
  msg_control: control,
  msg_controllen: control?.length ?? 0,
  msg_flags: 0,
});

function received(control: Buffer): readonly number[] {
  const fds: number[] = [];
  for (let at = 0; at + headerLength <= control.length; ) {
    const length = Number(control.readBigUInt64LE(at));
    if (length < headerLength) break;
    if (control.readInt32LE(at + 8) === socketLevel && control.readInt32LE(at + 12) === rights)
      for (let item = at + headerLength; item + 4 <= at + length; item += 4) fds.push(control.readInt32LE(item));
    at += align(length);
  }
  return fds;
}
