import type { CharSource } from '@virtkit/schema';

/** The host's side of one character device. */
export interface ChardevRequest {
  /** Alias of the device; the chardev is `char` and this. */
  readonly alias: string;
  readonly source: CharSource;
  /** A host device node of `type='dev'` is a parallel port. */
  readonly isParallel?: boolean;
  /** What a SPICE channel carries. */
  readonly spiceName?: string | undefined;
}

/** A request whose files are open. */
export interface ReadyChardev extends ChardevRequest {
  readonly id: string;
  readonly filePath: string | undefined;
  readonly logPath: string | undefined;
  readonly tls: string | undefined;
}
