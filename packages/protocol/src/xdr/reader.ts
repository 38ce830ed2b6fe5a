import { Buffer, isUtf8 } from 'node:buffer';
import { uuidText } from './uuid-text.js';
import { padded } from './writer.js';
import { XdrError } from './xdr-error.js';

const SHORT_STRING = 24;
/** What decoding puts in the place of bytes that are no UTF-8; a text may also contain it rightfully. */
const REPLACEMENT = '\ufffd';
const NOT_UTF8 = '\udcff';
const NOTHING = Buffer.alloc(0);

/**
 * Reads XDR values from a range of a buffer. As lenient as libvirt: padding is not looked at, and what follows the last
 * field is ignored. @throws XdrError from every method when the bytes end too early.
 */
export class XdrReader {
  #bytes: Buffer = NOTHING;
  #view: DataView = new DataView(new ArrayBuffer(0));
  #at = 0;
  #end = 0;

  constructor(bytes?: Buffer, start = 0, end = bytes?.length ?? 0) {
    if (bytes) this.reset(bytes, start, end);
  }

  /** Reads on from `start`; bytes at and after `end` do not exist for this reader. */
  reset(bytes: Buffer, start = 0, end = bytes.length): void {
    if (bytes !== this.#bytes) {
      this.#bytes = bytes;
      this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    this.#at = start;
    this.#end = end;
  }

  /** Position of the next byte in the underlying buffer. */
  get position(): number {
    return this.#at;
  }

  get remaining(): number {
    return this.#end - this.#at;
  }

  int(): number {
    return this.#view.getInt32(this.#take(4));
  }

  uint(): number {
    return this.#view.getUint32(this.#take(4));
  }

  hyper(): bigint {
    return this.#view.getBigInt64(this.#take(8));
  }

  unsignedHyper(): bigint {
    return this.#view.getBigUint64(this.#take(8));
  }

  double(): number {
    return this.#view.getFloat64(this.#take(8));
  }

  /**
   * A string, cut off at its first NUL as C peers do. Bytes that are no UTF-8 become a lone surrogate each, which no
   * name has and no document may contain. @throws XdrError when longer than `max` bytes.
   */
  string(max: number): string {
    const length = this.uint();
    if (length > max) throw new XdrError(`string of ${length} bytes is longer than ${max}`);
    const at = this.#take(padded(length));
    return length <= SHORT_STRING ? this.#shortString(at, length) : this.#text(at, length);
  }

  /** `length` bytes and their padding, copied out. */
  bytes(length: number): Buffer {
    const at = this.#take(padded(length));
    return Buffer.from(this.#bytes.subarray(at, at + length));
  }

  /** Sixteen bytes as a uuid in its usual lower-case text form. */
  uuid(): string {
    return uuidText(this.#view, this.#take(16));
  }

  /** @throws XdrError when the array cannot possibly be in the remaining bytes, before anything is allocated for it. */
  count(max: number, minBytesEach: number): number {
    const count = this.uint();
    if (count > max) throw new XdrError(`array of ${count} elements is longer than ${max}`);
    if (count * minBytesEach > this.remaining)
      throw new XdrError(`array of ${count} elements in ${this.remaining} bytes`);
    return count;
  }

  #shortString(at: number, length: number): string {
    let text = '';
    for (let i = at; i < at + length; i++) {
      const byte = this.#view.getUint8(i);
      if (byte > 0x7f) return this.#text(at, length);
      if (byte === 0) break;
      text += String.fromCharCode(byte);
    }
    return text;
  }

  #text(at: number, length: number): string {
    const text = this.#bytes.toString('utf8', at, at + length);
    const nul = text.indexOf('\0');
    const whole = nul < 0 ? text : text.slice(0, nul);
    return whole.includes(REPLACEMENT) && !isUtf8(this.#bytes.subarray(at, at + length))
      ? whole.replaceAll(REPLACEMENT, NOT_UTF8)
      : whole;
  }

  #take(count: number): number {
    const at = this.#at;
    if (count > this.#end - at) throw new XdrError(`${count} bytes wanted, ${this.#end - at} left`);
    this.#at = at + count;
    return at;
  }
}
