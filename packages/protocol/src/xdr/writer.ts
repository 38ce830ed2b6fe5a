import { Buffer } from 'node:buffer';
import { XdrError } from './xdr-error.js';

const INITIAL_BYTES = 4096;
const SHORT_STRING = 48;
const UUID_LENGTH = 36;
const HYPHEN = 0x2d;

/** Appends XDR values to one growing buffer. `reset` starts over in the same memory, so finished bytes must be copied or sent first. */
export class XdrWriter {
  #bytes: Buffer;
  #view: DataView;
  #at = 0;

  constructor(initialBytes = INITIAL_BYTES) {
    this.#bytes = Buffer.allocUnsafeSlow(initialBytes);
    this.#view = viewOf(this.#bytes);
  }

  /** Bytes written since the last `reset`. */
  get length(): number {
    return this.#at;
  }

  /** Bytes of memory held for reuse. */
  get capacity(): number {
    return this.#bytes.length;
  }

  /** Forgets what was written from `length` on. */
  truncate(length: number): void {
    this.#at = length;
  }

  reset(): void {
    this.#at = 0;
  }

  /** The written bytes as a view into the reused memory: valid until the next write. */
  view(start = 0): Buffer {
    return this.#bytes.subarray(start, this.#at);
  }

  /** A copy of the written bytes that stays valid. */
  copy(start = 0): Buffer {
    const length = this.#at - start;
    const copied = Buffer.allocUnsafe(length);
    this.#bytes.copy(copied, 0, start, this.#at);
    return copied;
  }

  /** Gives the written bytes away and goes on in new memory. */
  take(): Buffer {
    const taken = this.#bytes.subarray(0, this.#at);
    this.#bytes = Buffer.allocUnsafeSlow(INITIAL_BYTES);
    this.#view = viewOf(this.#bytes);
    this.#at = 0;
    return taken;
  }

  int(value: number): void {
    if ((value | 0) !== value) throw new XdrError(`${String(value)} is not a 32-bit integer`);
    const at = this.#advance(4);
    this.#view.setInt32(at, value);
  }

  uint(value: number): void {
    if (value >>> 0 !== value) throw new XdrError(`${String(value)} is not an unsigned 32-bit integer`);
    const at = this.#advance(4);
    this.#view.setUint32(at, value);
  }

  hyper(value: number | bigint): void {
    if (typeof value === 'bigint') {
      if (BigInt.asIntN(64, value) !== value) throw new XdrError(`${value} is not a 64-bit integer`);
      const at = this.#advance(8);
      this.#view.setBigInt64(at, value);
    } else this.#safeInteger(value);
  }

  unsignedHyper(value: number | bigint): void {
    if (typeof value === 'bigint') {
      if (BigInt.asUintN(64, value) !== value) throw new XdrError(`${value} is not an unsigned 64-bit integer`);
      const at = this.#advance(8);
      this.#view.setBigUint64(at, value);
    } else if (value < 0) throw new XdrError(`${value} is not an unsigned 64-bit integer`);
    else this.#safeInteger(value);
  }

  double(value: number): void {
    if (typeof value !== 'number') throw new XdrError(`${String(value)} is not a number`);
    const at = this.#advance(8);
    this.#view.setFloat64(at, value);
  }

  /** Length, UTF-8 bytes, padding; bytes are taken as encoded already. @throws XdrError when longer than `max` bytes. */
  string(value: string | Uint8Array, max: number): void {
    if (value instanceof Uint8Array) return this.#encoded(value, max);
    if (typeof value !== 'string') throw new XdrError(`${String(value)} is not a string`);
    if (value.length <= SHORT_STRING && this.#shortAscii(value, max)) return;
    const length = Buffer.byteLength(value);
    if (length > max) throw new XdrError(`string of ${length} bytes is longer than ${max}`);
    this.uint(length);
    const at = this.#advance(padded(length));
    this.#bytes.write(value, at, length, 'utf8');
    this.#bytes.fill(0, at + length, this.#at);
  }

  /** A uuid in its text form as sixteen bytes. */
  uuid(text: string): void {
    if (text.length !== UUID_LENGTH) throw new XdrError(`'${text}' is not a uuid`);
    const start = this.#advance(16);
    let at = start;
    for (let i = 0; i < UUID_LENGTH; i += 2) {
      if (i === 8 || i === 13 || i === 18 || i === 23) {
        if (text.charCodeAt(i) !== HYPHEN) this.#noUuid(text, start);
        i++;
      }
      const byte = (digit(text.charCodeAt(i)) << 4) | digit(text.charCodeAt(i + 1));
      if (byte > 0xff) this.#noUuid(text, start);
      this.#bytes[at++] = byte;
    }
  }

  /** Bytes and padding, without a length. */
  bytes(value: Uint8Array): void {
    const at = this.#advance(padded(value.length));
    this.#bytes.set(value, at);
    this.#bytes.fill(0, at + value.length, this.#at);
  }

  /** Bytes as they are: no length, no padding. */
  raw(value: Uint8Array): void {
    const at = this.#advance(value.length);
    this.#bytes.set(value, at);
  }

  /** Overwrites four bytes written earlier. */
  patchUint(at: number, value: number): void {
    this.#view.setUint32(at, value);
  }

  #encoded(value: Uint8Array, max: number): void {
    if (value.length > max) throw new XdrError(`string of ${value.length} bytes is longer than ${max}`);
    this.uint(value.length);
    this.bytes(value);
  }

  #safeInteger(value: number): void {
    if (!Number.isSafeInteger(value)) throw new XdrError(`${String(value)} is not a whole number below 2^53`);
    const at = this.#advance(8);
    this.#view.setInt32(at, Math.floor(value / 0x1_0000_0000));
    this.#view.setUint32(at + 4, value >>> 0);
  }

  #noUuid(text: string, start: number): never {
    this.#at = start;
    throw new XdrError(`'${text}' is not a uuid`);
  }

  /** Writes strings of few ASCII characters without a call into the runtime; false leaves nothing written. */
  #shortAscii(value: string, max: number): boolean {
    const length = value.length;
    if (length > max) return false;
    const at = this.#advance(4 + padded(length));
    const bytes = this.#bytes;
    for (let i = 0; i < length; i++) {
      const unit = value.charCodeAt(i);
      if (unit > 0x7f) {
        this.#at = at;
        return false;
      }
      bytes[at + 4 + i] = unit;
    }
    this.#view.setUint32(at, length);
    for (let i = at + 4 + length; i < this.#at; i++) bytes[i] = 0;
    return true;
  }

  #advance(count: number): number {
    const at = this.#at;
    const next = at + count;
    if (next > this.#bytes.length) this.#grow(next);
    this.#at = next;
    return at;
  }

  #grow(needed: number): void {
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(grown, 0, 0, this.#at);
    this.#bytes = grown;
    this.#view = viewOf(grown);
  }
}

/** The value of a hexadecimal digit; something far too large for other characters. */
function digit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = code | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : 0x1000;
}

const viewOf = (bytes: Buffer): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);

/** The next multiple of four. */
export const padded = (length: number): number => (length + 3) & ~3;
