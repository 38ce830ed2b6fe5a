/** Bytes move by descriptor, so that a worker can copy at disk speed; chunks are for remote stores and consoles. */

export interface ByteRange {
  readonly offset: bigint;
  /** Absent: to the end. */
  readonly length?: bigint;
}
export interface OpenFile extends AsyncDisposable {
  readonly fd: number;
}
export type ByteSource =
  | { readonly kind: 'file'; readonly file: OpenFile; readonly range: ByteRange; readonly sparse: boolean }
  | { readonly kind: 'stream'; readonly chunks: AsyncIterable<Uint8Array> };
export type ByteSink =
  | { readonly kind: 'file'; readonly file: OpenFile; readonly range: ByteRange; finish(): Promise<void> }
  | {
      readonly kind: 'stream';
      write(chunk: Uint8Array): Promise<void>;
      /** Everything arrived; rejects when the store did not take it. */
      close(): Promise<void>;
      abort(cause: unknown): Promise<void>;
    };

/** Both directions at once: a console or channel. Chunks come as they arrive, not in blocks. */
export interface ByteDuplex {
  readonly incoming: AsyncIterable<Uint8Array>;
  write(chunk: Uint8Array): Promise<void>;
  close(): Promise<void>;
}
