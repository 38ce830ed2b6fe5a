import type { QmpFailure } from './qmp-message.js';

/** QEMU refused a command. */
export class QmpCommandError extends Error {
  readonly command: string;
  readonly failure: QmpFailure;

  constructor(command: string, failure: QmpFailure) {
    super(`unable to execute QEMU command '${command}': ${failure.description}`);
    this.name = 'QmpCommandError';
    this.command = command;
    this.failure = failure;
  }
}

/** The monitor's connection ended; `words` is what QEMU wrote last on its standard error. */
export class MonitorClosedError extends Error {
  readonly words: string;

  constructor(words: string, cause?: Error) {
    super(words === '' ? 'end of file from the monitor' : words, { cause });
    this.name = 'MonitorClosedError';
    this.words = words;
  }
}

export const isCommandError = (cause: unknown, failureClass?: string): cause is QmpCommandError =>
  cause instanceof QmpCommandError && (failureClass === undefined || cause.failure.class === failureClass);
