import type { Buffer } from 'node:buffer';

/** What the far side of a stream gets; every method is safe after the stream has ended. */
export interface StreamOutput {
  /**
   * Sends data that stands in `frame` behind `frameRoom` free bytes. Resolves when the memory is free again and the
   * client has taken enough to get more.
   */
  frame(frame: Buffer, length: number): Promise<void>;
  /** A run of zeros, for clients that asked for sparse data. */
  hole(length: bigint): void;
  /** No more data will come; the client still has to finish. */
  end(): void;
  /** Tells the client and forgets the stream. */
  fail(error: unknown): void;
  /** More can be taken from the client than before. */
  proceed(): void;
  readonly closed: boolean;
}

/** Our side of a stream a client opened. */
export interface StreamEndpoint {
  /** Whether nothing more shall be read from the client for now. */
  readonly congested: boolean;
  /** The call was answered; called once, before everything else. */
  start(output: StreamOutput): void;
  /** The bytes are valid during the call only. */
  data(bytes: Buffer): void;
  hole(length: bigint): void;
  /** The client is through. Rejects when its data could not be kept. */
  finish(): Promise<void>;
  /** The client gave up or is gone, or the stream failed; called at most once, also instead of `start`. */
  abort(cause: unknown): void;
}
