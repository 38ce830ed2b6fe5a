import { Buffer } from 'node:buffer';
import { write } from 'node:fs';

const PIECE = 1 << 20;
/** Pieces kept for reuse: one is being written while the other is filled. */
const SPARE = 2;

interface Piece {
  readonly memory: Buffer;
  readonly at: number;
  length: number;
}

/**
 * Writes bytes at growing positions of a file, gathering what arrives while a write is under way, in memory that is
 * used over and over.
 */
export class FileWriter {
  #filling: Piece | undefined;
  #sealed: Piece[] = [];
  #spare: Buffer[] = [];
  #writing = false;
  #pending = 0;
  #failed = false;
  #whenIdle: (() => void) | undefined;

  constructor(
    private readonly fd: number,
    /** Some of what was pending is written now. */
    private readonly onProgress: () => void,
    private readonly onError: (error: Error) => void,
  ) {}

  /** Bytes that are not in the file yet. */
  get pending(): number {
    return this.#pending;
  }

  /** Takes a copy. */
  write(bytes: Buffer, at: number): void {
    for (let from = 0; from < bytes.length; ) {
      const piece = this.#pieceFor(at + from);
      const taken = bytes.copy(piece.memory, piece.length, from);
      piece.length += taken;
      from += taken;
      if (piece.length === PIECE) this.#seal();
    }
    this.#pending += bytes.length;
    this.#next();
  }

  /** Resolves when everything is written, or nothing more will be. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#writing) this.#whenIdle = resolve;
      else resolve();
    });
  }

  /** Nothing more is written but what is being written now. */
  stop(): void {
    this.#failed = true;
    this.#sealed = [];
    this.#filling = undefined;
  }

  /** The piece that goes on at this position; a gap starts a new one. */
  #pieceFor(at: number): Piece {
    const filling = this.#filling;
    if (filling !== undefined && filling.at + filling.length === at) return filling;
    this.#seal();
    const piece = { memory: this.#spare.pop() ?? Buffer.allocUnsafeSlow(PIECE), at, length: 0 };
    this.#filling = piece;
    return piece;
  }

  #seal(): void {
    if (this.#filling !== undefined) this.#sealed.push(this.#filling);
    this.#filling = undefined;
  }

  #next(): void {
    if (this.#writing) return;
    if (this.#sealed.length === 0) this.#seal();
    const piece = this.#failed ? undefined : this.#sealed.shift();
    if (piece === undefined) return this.#rest();
    this.#writing = true;
    this.#put(piece, 0);
  }

  #rest(): void {
    this.#whenIdle?.();
    this.#whenIdle = undefined;
  }

  #put(piece: Piece, from: number): void {
    write(this.fd, piece.memory, from, piece.length - from, piece.at + from, (error, written) => {
      if (error === null && from + written < piece.length) return this.#put(piece, from + written);
      this.#writing = false;
      if (error === null) this.#done(piece);
      else this.#fail(error);
      this.#next();
    });
  }

  #done(piece: Piece): void {
    this.#pending -= piece.length;
    if (this.#spare.length < SPARE) this.#spare.push(piece.memory);
    this.onProgress();
  }

  #fail(error: Error): void {
    this.stop();
    this.onError(error);
  }
}
