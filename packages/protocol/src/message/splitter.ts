import { Buffer } from 'node:buffer';
import { XdrError } from '../xdr/xdr-error.js';
import { messageLimits } from './header.js';

const NOTHING = Buffer.alloc(0);
const SMALLEST = 64;
/** Memory kept from one long message for the next, */
const REUSED = 1 << 20;
/** and given back once a piece comes that is this many times shorter: the peer talks of small things again. */
const WORTH_KEEPING = 8;

/**
 * One whole message: `bytes` from `start` (its length word) to `end`, valid only during the call. Returns how many bytes
 * outside any message follow this one: one per descriptor that came with it, else 0.
 */
export type MessageSink = (bytes: Buffer, start: number, end: number) => number;

/**
 * Cuts a byte stream into messages. Whole messages inside one chunk are handed on without copying; the rest of a chunk is
 * kept until it is complete. Memory follows the bytes received, never the length a peer announced.
 */
export class MessageSplitter {
  #kept = NOTHING;
  #keptBytes = 0;
  #wanted = 0;
  #skip = 0;

  /** Bytes of an unfinished message that are being kept. */
  get pending(): number {
    return this.#keptBytes;
  }

  /**
   * @param chunk may be reused by the caller as soon as this returns
   * @param end where what arrived ends in `chunk`
   * @throws XdrError on an impossible length: the connection cannot go on
   */
  push(chunk: Buffer, sink: MessageSink, end = chunk.length): void {
    const start = this.#keptBytes > 0 ? this.#complete(chunk, end, sink) : this.#skipped(end, 0);
    const rest = this.#split(chunk, start, end, sink);
    if (rest < end) this.#keep(chunk, rest, end);
    else if (this.#keptBytes === 0 && end < this.#kept.length / WORTH_KEEPING) this.#kept = NOTHING;
  }

  /** Continues the unfinished message. @returns where the next one starts in `chunk` */
  #complete(chunk: Buffer, limit: number, sink: MessageSink): number {
    let used = 0;
    if (this.#wanted === 0) {
      used = Math.min(messageLimits.lengthBytes - this.#keptBytes, limit);
      this.#keep(chunk, 0, used);
      if (this.#wanted === 0) return used;
    }
    const end = Math.min(used + this.#wanted - this.#keptBytes, limit);
    this.#keep(chunk, used, end);
    if (this.#keptBytes < this.#wanted) return end;
    this.#handOn(sink);
    return this.#skipped(limit, end);
  }

  /** @returns where messages go on at or after `at` */
  #skipped(limit: number, at: number): number {
    const skipped = Math.min(this.#skip, limit - at);
    this.#skip -= skipped;
    return at + skipped;
  }

  #handOn(sink: MessageSink): void {
    const message = this.#kept;
    const length = this.#wanted;
    if (message.length > REUSED) this.#kept = NOTHING;
    this.#keptBytes = 0;
    this.#wanted = 0;
    this.#skip = sink(message, 0, length);
  }

  /** @returns where the unfinished rest starts */
  #split(chunk: Buffer, from: number, limit: number, sink: MessageSink): number {
    let start = from;
    while (limit - start >= messageLimits.lengthBytes) {
      const end = start + checkedLength(chunk, start);
      if (end > limit) break;
      this.#skip = sink(chunk, start, end);
      start = this.#skipped(limit, end);
    }
    return start;
  }

  #keep(chunk: Buffer, start: number, end: number): void {
    const needed = this.#keptBytes + end - start;
    if (this.#keptBytes === 0 && needed >= messageLimits.lengthBytes) this.#wanted = checkedLength(chunk, start);
    if (needed > this.#kept.length) this.#grow(needed);
    chunk.copy(this.#kept, this.#keptBytes, start, end);
    this.#keptBytes = needed;
    if (this.#wanted === 0 && needed >= messageLimits.lengthBytes) this.#wanted = checkedLength(this.#kept, 0);
  }

  /** At most eight times what was received, so an announced length alone allocates nothing. */
  #grow(needed: number): void {
    const room = Math.max(needed * 8, SMALLEST);
    const grown = Buffer.allocUnsafeSlow(this.#wanted === 0 ? room : Math.min(room, this.#wanted));
    this.#kept.copy(grown, 0, 0, this.#keptBytes);
    this.#kept = grown;
  }
}

function checkedLength(bytes: Buffer, at: number): number {
  const length = bytes.readUInt32BE(at);
  if (length < messageLimits.minLength || length > messageLimits.maxLength) {
    throw new XdrError(
      `message of ${length} bytes: between ${messageLimits.minLength} and ${messageLimits.maxLength} are possible`,
    );
  }
  return length;
}
