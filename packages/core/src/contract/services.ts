/** What the kernel hands a plugin instead of letting it reach for the operating system. */

export interface Logger {
  debug(message: string, fields?: object): void;
  info(message: string, fields?: object): void;
  warning(message: string, fields?: object): void;
  error(message: string, fields?: object): void;
  /** A logger of a dotted category below this one (`qemu.monitor`). */
  child(category: string): Logger;
}

/** Absolute. System mode: /etc/virtkit, /var/lib/virtkit, /run/virtkit, /var/log/virtkit, /var/cache/virtkit; session mode the XDG ones. */
export interface Directories {
  readonly config: string;
  readonly state: string;
  readonly run: string;
  readonly log: string;
  readonly cache: string;
}

export interface CommandResult {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}
export interface CommandOptions {
  readonly signal?: AbortSignal;
  readonly input?: string;
  readonly uid?: number;
  readonly gid?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** Folder to run in; the root of the file system unless it is given. */
  readonly cwd?: string;
  /** Bytes of output kept before the command is stopped; default 16 MiB. */
  readonly maxOutput?: number;
}
/** Programs of this host. A missing program rejects with an error that names it and the package to install. */
export interface Commands {
  run(program: string, args: readonly string[], options?: CommandOptions): Promise<CommandResult>;
  /** Like `run`, but a non-zero exit rejects with the program's own words. */
  expect(program: string, args: readonly string[], options?: CommandOptions): Promise<string>;
  /** Absolute path, or undefined when it is not installed. */
  find(program: string): Promise<string | undefined>;
}
/**
 * What a change of a file survives: `power`, a loss of power; `daemon`, the end of this process at any moment. What
 * means nothing after a reboot need not wait for the disk.
 */
export type Survival = 'power' | 'daemon';
/** A document written and synced under a temporary name: what is left to do needs no room on the disk. */
export interface StagedFile {
  commit(): Promise<void>;
  discard(): Promise<void>;
}
/** Files that must survive a crash: each is old or new afterwards, never something between. */
export interface DurableFiles {
  /**
   * Temporary name, fsync, rename, and soon after the answer the fsync of the directory; without the syncs where only
   * the daemon's end is to be survived.
   */
  write(
    path: string,
    content: string | Uint8Array,
    options?: { readonly mode?: number; readonly survives?: Survival },
  ): Promise<void>;
  /** A write in two halves, for what has to be kept together with something else. */
  stage(path: string, content: string | Uint8Array, options?: { readonly mode?: number }): Promise<StagedFile>;
  /** A file that is not there is no error. */
  remove(path: string, survives?: Survival): Promise<void>;
  /** A symbolic link to `target`. One that is there is no error, whatever it leads to. */
  link(path: string, target: string): Promise<void>;
}
export interface HostServices {
  readonly commands: Commands;
  readonly files: DurableFiles;
  /** The user the daemon runs as. */
  readonly user: { readonly uid: number; readonly gid: number; readonly privileged: boolean };
}
