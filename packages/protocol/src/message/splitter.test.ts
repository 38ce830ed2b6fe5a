import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { XdrError } from '../xdr/xdr-error.js';
import { messageLimits } from './header.js';
import { MessageSplitter } from './splitter.js';

const WITH_DUMMIES = 0xd0d0d0d0;

function message(payload: Uint8Array): Buffer {
  const bytes = Buffer.alloc(messageLimits.minLength + payload.length);
  bytes.writeUInt32BE(bytes.length);
  bytes.set(payload, messageLimits.minLength);
  return bytes;
}

function collect(splitter: MessageSplitter, chunks: readonly Buffer[]): Buffer[] {
  const messages: Buffer[] = [];
  for (const chunk of chunks) {
    splitter.push(chunk, (bytes, start, end) => {
      messages.push(Buffer.from(bytes.subarray(start, end)));
      return bytes.readUInt32BE(start + 4) === WITH_DUMMIES ? 2 : 0;
    });
    chunk.fill(0xee);
  }
  return messages;
}

describe('MessageSplitter', () => {
  it('gives the same messages however the bytes are cut, and holds nothing afterwards', () => {
    const payloads = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 });
    const cuts = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1 });
    fc.assert(
      fc.property(payloads, cuts, (parts, sizes) => {
        const expected = parts.map(message);
        const stream = Buffer.concat(expected);
        const chunks: Buffer[] = [];
        for (let at = 0, i = 0; at < stream.length; i++) {
          const size = sizes[i % sizes.length] ?? 1;
          chunks.push(Buffer.from(stream.subarray(at, at + size)));
          at += size;
        }
        const splitter = new MessageSplitter();
        expect(collect(splitter, chunks)).toEqual(expected);
        expect(splitter.pending).toBe(0);
      }),
    );
  });

  it('hands whole messages on without copying them', () => {
    const chunk = Buffer.concat([message(Buffer.alloc(4)), message(Buffer.alloc(8))]);
    const seen: Buffer[] = [];
    new MessageSplitter().push(chunk, (bytes) => {
      seen.push(bytes);
      return 0;
    });
    expect(seen).toEqual([chunk, chunk]);
    expect(seen[0]).toBe(chunk);
  });

  it('skips the dummy bytes that come with descriptors, in whichever chunk they arrive', () => {
    const first = message(Buffer.alloc(4));
    first.writeUInt32BE(WITH_DUMMIES, 4);
    const second = message(Buffer.alloc(8));
    const stream = Buffer.concat([first, Buffer.from([1, 2]), second]);
    for (const size of [1, 7, 33, 34, 200]) {
      const chunks = Array.from({ length: Math.ceil(stream.length / size) }, (_, i) =>
        Buffer.from(stream.subarray(i * size, (i + 1) * size)),
      );
      expect(collect(new MessageSplitter(), chunks)).toEqual([first, second]);
    }
  });

  it.each([0, 4, 27, messageLimits.maxLength + 1, 0xffff_ffff])('refuses a length of %d', (length) => {
    const bytes = Buffer.alloc(40);
    bytes.writeUInt32BE(length);
    expect(() => collect(new MessageSplitter(), [bytes])).toThrow(XdrError);
    const split = [Buffer.from(bytes.subarray(0, 3)), Buffer.from(bytes.subarray(3))];
    bytes.writeUInt32BE(length);
    expect(() => collect(new MessageSplitter(), split)).toThrow(XdrError);
  });

  it('holds only what was received of a message announced as 32 MiB', () => {
    const splitter = new MessageSplitter();
    const start = Buffer.alloc(1000);
    start.writeUInt32BE(messageLimits.maxLength);
    collect(splitter, [start, Buffer.alloc(500)]);
    expect(splitter.pending).toBe(1500);
  });
});
