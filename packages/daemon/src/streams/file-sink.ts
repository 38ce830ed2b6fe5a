import { Buffer } from 'node:buffer';
import { fstat, ftruncate, write } from 'node:fs';
import { promisify } from 'node:util';
import type { ByteSink } from '@virtkit/core';
import { errorsFrom } from '@virtkit/schema';
import type { StreamEndpoint, StreamOutput } from './endpoint.js';

const streamError = errorsFrom('STREAMS');

/** Bytes taken from the client and not yet in the file, at which reading pauses. */
const MOST_PENDING = 2 << 20;

type FileSink = ByteSink & { readonly kind: 'file' };

/** Writes what the client sends into a range of a file, in order. */
export class FileSinkEndpoint implements StreamEndpoint {
  #output: StreamOutput | undefined;
  #pendingBytes = 0;
  #queue: Promise<void> = Promise.resolve();
  #at: number;
  #endsInHole = false;
  #ended = false;

  constructor(private readonly sink: FileSink) {
    this.#at = Number(sink.range.offset);
  }

  get congested(): boolean {
    return this.#pendingBytes >= MOST_PENDING;
  }

  start(output: StreamOutput): void {
    this.#output = output;
  }

  data(bytes: Buffer, owned: boolean): void {
    if (this.#ended || !this.#fits(bytes.length)) return;
    const kept = owned ? bytes : Buffer.from(bytes);
    const at = this.#at;
    this.#at += kept.length;
    this.#endsInHole = false;
    this.#pendingBytes += kept.length;
    this.#then(() => writeAll(this.sink.file.fd, kept, at)).finally(() => {
      const before = this.congested;
      this.#pendingBytes -= kept.length;
      if (before && !this.congested) this.#output?.proceed();
    });
  }

  hole(length: bigint): void {
    if (this.#ended || length < 0n || !this.#fits(Number(length))) return;
    this.#at += Number(length);
    this.#endsInHole = true;
  }

  async finish(): Promise<void> {
    await this.#queue;
    if (this.#ended) throw streamError('OPERATION_ABORTED', 'stream was aborted');
    this.#ended = true;
    try {
      if (this.#endsInHole) await extend(this.sink.file.fd, this.#at);
      await this.sink.finish();
    } finally {
      await this.sink.file[Symbol.asyncDispose]();
    }
  }

  abort(): void {
    if (this.#ended) return;
    this.#ended = true;
    void this.#queue.finally(() => this.sink.file[Symbol.asyncDispose]());
  }

  #then(step: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue
      .then(() => (this.#ended ? undefined : step()))
      .catch((error: unknown) => {
        this.#fail(streamError('SYSTEM_ERROR', 'Unable to write to stream', { cause: error }));
      });
    return this.#queue;
  }

  /** A range bounds what may be written; libvirt answers ENOSPC in its place. */
  #fits(bytes: number): boolean {
    const { offset, length } = this.sink.range;
    if (length === undefined || BigInt(this.#at + bytes) <= offset + length) return true;
    this.#fail(streamError('SYSTEM_ERROR', 'Unable to write to stream: No space left on device'));
    return false;
  }

  #fail(error: Error): void {
    if (this.#ended) return;
    this.#output?.fail(error);
    this.abort();
  }
}

function writeAll(fd: number, bytes: Buffer, at: number, from = 0): Promise<void> {
  return new Promise((resolve, reject) => {
    write(fd, bytes, from, bytes.length - from, at + from, (error, written) => {
      if (error) reject(error);
      else if (from + written >= bytes.length) resolve();
      else resolve(writeAll(fd, bytes, at, from + written));
    });
  });
}

/** Data that ends in a hole still has its full length. */
async function extend(fd: number, size: number): Promise<void> {
  const now = await promisify(fstat)(fd);
  if (now.isFile() && now.size < size) await promisify(ftruncate)(fd, size);
}
