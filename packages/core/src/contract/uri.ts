/** A connection URI in parts. @libvirt connection URIs */
export interface ConnectUri {
  /** Without transport: `qemu`, `esx`. */
  readonly scheme: string;
  /** `unix`, `ssh`, … of `qemu+ssh`. */
  readonly transport?: string;
  readonly user?: string;
  readonly host?: string;
  readonly port?: number;
  readonly path: string;
  /** Decoded; of a name given twice the last value. */
  readonly parameters: ReadonlyMap<string, string>;
  /** As written, behind the question mark. */
  readonly query?: string;
  readonly fragment?: string;
  /** As the client wrote it. */
  readonly text: string;
}
