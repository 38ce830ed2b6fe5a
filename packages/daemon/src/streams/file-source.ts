import { Buffer } from 'node:buffer';
import { read } from 'node:fs';
import type { ByteSource } from '@virtkit/core';
import { messageLimits } from '@virtkit/protocol';
import { errorsFrom } from '@virtkit/schema';
import type { StreamEndpoint, StreamOutput } from './endpoint.js';
import { frameRoom } from './stream-table.js';

const streamError = errorsFrom('STREAMS');

type FileSource = ByteSource & { readonly kind: 'file' };

/** Sends a range of a file to the client, one frame being read while the other is on its way. */
export class FileSourceEndpoint implements StreamEndpoint {
  readonly congested = false;
  #started = false;
  #stopped = false;

  constructor(private readonly source: FileSource) {}

  start(output: StreamOutput): void {
    this.#started = true;
    this.#pump(output)
      .catch((error: unknown) =>
        output.fail(streamError('SYSTEM_ERROR', 'Unable to read from stream', { cause: error })),
      )
      .finally(() => void this.source.file[Symbol.asyncDispose]());
  }

  /** A download takes nothing from the client. */
  data(): void {}

  hole(): void {}

  finish(): Promise<void> {
    this.#stopped = true;
    return Promise.resolve();
  }

  abort(): void {
    this.#stopped = true;
    if (!this.#started) void this.source.file[Symbol.asyncDispose]();
  }

  async #pump(output: StreamOutput): Promise<void> {
    const { fd } = this.source.file;
    const { offset, length } = this.source.range;
    const frames = [newFrame(), newFrame()] as const;
    const end = length === undefined ? undefined : Number(offset + length);
    let at = Number(offset);
    let sent: Promise<void> = Promise.resolve();
    let hole = 0n;
    for (let turn = 0; !this.#stopped && !output.closed; turn ^= 1) {
      const frame = turn === 0 ? frames[0] : frames[1];
      const wanted = Math.min(messageLimits.streamChunk, end === undefined ? messageLimits.streamChunk : end - at);
      const got = wanted > 0 ? await readInto(fd, frame, wanted, at) : 0;
      await sent;
      if (got === 0) break;
      at += got;
      if (this.source.sparse && isZero(frame.subarray(frameRoom, frameRoom + got))) hole += BigInt(got);
      else {
        hole = flushHole(output, hole);
        sent = output.frame(frame, got);
      }
    }
    await sent;
    if (this.#stopped) return;
    flushHole(output, hole);
    output.end();
  }
}

function flushHole(output: StreamOutput, hole: bigint): bigint {
  if (hole > 0n) output.hole(hole);
  return 0n;
}

const newFrame = (): Buffer => Buffer.allocUnsafeSlow(frameRoom + messageLimits.streamChunk);

const zeros = Buffer.alloc(messageLimits.streamChunk);
const isZero = (bytes: Buffer): boolean => bytes[0] === 0 && bytes.equals(zeros.subarray(0, bytes.length));

/** Far cheaper than the promise form, which counts at these sizes. */
function readInto(fd: number, frame: Buffer, wanted: number, at: number): Promise<number> {
  return new Promise((resolve, reject) => {
    read(fd, frame, frameRoom, wanted, at, (error, got) => (error ? reject(error) : resolve(got)));
  });
}
