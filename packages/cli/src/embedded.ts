import type { Duplex } from 'node:stream';

/** What a driver wants to know from the person at the terminal. */
export interface Question {
  readonly type: 'username' | 'password' | 'noecho' | 'external';
  readonly prompt: string;
  /** What the answer is for: the host. */
  readonly challenge?: string;
}
export type Ask = (questions: readonly Question[]) => Promise<readonly string[]>;

/** Drivers a distribution runs in the CLI's own process, for hypervisors that need no daemon here. */
export interface Embedded {
  /** Whether this uri is opened in process. */
  serves(uri: string): boolean;
  /** Loads the driver; bytes of the protocol both ways. */
  open(ask: Ask): Promise<{ readonly transport: Duplex } & AsyncDisposable>;
}
