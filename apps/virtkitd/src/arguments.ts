import { parseArgs } from 'node:util';

/** What the command line asks for. */
export interface Arguments {
  /** All directories lie below this one. */
  readonly root: string | undefined;
  /** For one user, without privileges. */
  readonly session: boolean;
  readonly config: string | undefined;
  /** Seconds without clients after which the daemon ends; 0: never. */
  readonly timeout: number;
  readonly verbose: boolean;
}

export const usage = `usage: virtkitd [--root DIR] [--session] [--config FILE] [--timeout SECONDS] [--verbose] [--version]

  --root DIR         keep all files and sockets below DIR
  --session          run for this user alone, without privileges
  --config FILE      read this configuration instead of virtkitd.json in the configuration directory
  --timeout SECONDS  end after this time without clients
  --verbose          say on standard error what happens
  --version          say which version this is
`;

/** Reads the command line. @throws Error that says what is wrong with it */
export function parseArguments(args: readonly string[]): Arguments | 'help' | 'version' {
  const { values } = parseArgs({
    args: [...args],
    options: {
      root: { type: 'string' },
      session: { type: 'boolean', default: false },
      config: { type: 'string' },
      timeout: { type: 'string', default: '0' },
      verbose: { type: 'boolean', short: 'v', default: false },
      help: { type: 'boolean', short: 'h', default: false },
      version: { type: 'boolean', short: 'V', default: false },
    },
  });
  if (values.help) return 'help';
  if (values.version) return 'version';
  return {
    root: values.root,
    session: values.session,
    config: values.config,
    timeout: seconds(values.timeout),
    verbose: values.verbose,
  };
}

function seconds(text: string): number {
  const number = Number(text);
  if (text.trim() !== '' && Number.isInteger(number) && number >= 0 && number <= 2_000_000) return number;
  throw new RangeError(`--timeout takes a whole number of seconds, not '${text}'`);
}
