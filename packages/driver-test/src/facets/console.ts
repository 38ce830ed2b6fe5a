import type { ByteDuplex, ByteSource, ConsoleFacet, DomainRef } from '@virtkit/core';
import { testError } from '../errors.js';
import type { World } from '../world/world.js';

/** One transparent pixel. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

/** A console that says everything back, a screen of one pixel, a keyboard nobody reads. */
export class TestConsole implements ConsoleFacet {
  constructor(private readonly world: World) {}

  open(ref: DomainRef): Promise<ByteDuplex> {
    this.world.domain(ref).requireActive();
    return Promise.resolve(new Echo());
  }

  screenshot(ref: DomainRef, screen: number): Promise<{ readonly mimeType: string; readonly source: ByteSource }> {
    this.world.domain(ref).requireActive();
    if (screen !== 0) throw testError('INVALID_ARG', 'invalid screen number');
    const chunks = async function* (): AsyncGenerator<Uint8Array> {
      yield picture;
    };
    return Promise.resolve({ mimeType: 'image/png', source: { kind: 'stream', chunks: chunks() } });
  }

  sendKey(ref: DomainRef, _codeset: number, _holdMs: number, keys: readonly number[]): Promise<void> {
    this.world.domain(ref).requireActive();
    if (keys.some((key) => key > 255)) throw testError('INTERNAL_ERROR', 'invalid keycode');
    return Promise.resolve();
  }
}

class Echo implements ByteDuplex {
  readonly #pending: Uint8Array[] = [];
  #wake: (() => void) | undefined;
  #closed = false;

  readonly incoming = this.#read();

  write(chunk: Uint8Array): Promise<void> {
    if (this.#closed) return Promise.reject(testError('OPERATION_INVALID', 'console is closed'));
    this.#pending.push(chunk.slice());
    this.#wake?.();
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.#closed = true;
    this.#wake?.();
    return Promise.resolve();
  }

  async *#read(): AsyncGenerator<Uint8Array> {
    for (;;) {
      const next = this.#pending.shift();
      if (next !== undefined) yield next;
      else if (this.#closed) return;
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
  }
}
