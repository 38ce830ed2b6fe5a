import type { Buffer } from 'node:buffer';
import { fstat, ftruncate } from 'node:fs';
import { promisify } from 'node:util';
import type { ByteSink } from '@virtkit/core';
import { errorsFrom } from '@virtkit/schema';
import type { StreamEndpoint, StreamOutput } from './endpoint.js';
import { FileWriter } from './file-writer.js';

const streamError = errorsFrom('STREAMS');

/** Bytes taken from the client and not yet in the file, at which reading pauses. */
const MOST_PENDING = 2 << 20;

type FileSink = ByteSink & { readonly kind: 'file' };

/** Writes what the client sends into a range of a file, in order. */
export class FileSinkEndpoint implements StreamEndpoint {
  #output: StreamOutput | undefined;
  #at: number;
  #endsInHole = false;
  #ended = false;
  readonly #writer: FileWriter;

  constructor(private readonly sink: FileSink) {
    this.#at = Number(sink.range.offset);
    this.#writer = new FileWriter(
      sink.file.fd,
      () => this.#output?.proceed(),
      (cause) => this.#fail(streamError('SYSTEM_ERROR', 'Unable to write to stream', { cause })),
    );
  }

  get congested(): boolean {
    return this.#writer.pending >= MOST_PENDING;
  }

  start(output: StreamOutput): void {
    this.#output = output;
  }

  data(bytes: Buffer): void {
    if (this.#ended || !this.#fits(bytes.length)) return;
    this.#writer.write(bytes, this.#at);
    this.#at += bytes.length;
    this.#endsInHole = false;
  }

  hole(length: bigint): void {
    if (this.#ended || length < 0n || !this.#fits(Number(length))) return;
    this.#at += Number(length);
    this.#endsInHole = true;
  }

  async finish(): Promise<void> {
    await this.#writer.idle();
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
    this.#writer.stop();
    void this.#writer.idle().then(() => this.sink.file[Symbol.asyncDispose]());
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

/** Data that ends in a hole still has its full length. */
async function extend(fd: number, size: number): Promise<void> {
  const now = await promisify(fstat)(fd);
  if (now.isFile() && now.size < size) await promisify(ftruncate)(fd, size);
}
