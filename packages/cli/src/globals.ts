import type { GlobalOptions } from './context.js';
import { UsageError } from './usage-error.js';

/** Options of the program itself. */
export const globalOptions = ['--connect', '--root', '--readonly', '--quiet', '--json', '--help', '--version'] as const;

/** A command line taken apart. */
export interface GlobalWords {
  readonly options: GlobalOptions;
  readonly verb: string | undefined;
  readonly words: readonly string[];
}

/** Global options may stand before the verb; `--json`, `--root` and `-c` behind it too. */
export function globals(argv: readonly string[]): GlobalWords {
  const found: { uri?: string; root?: string; readOnly: boolean; json: boolean; quiet: boolean } = {
    readOnly: false,
    json: false,
    quiet: false,
  };
  const rest: string[] = [];
  const words = [...argv];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const before = rest.length === 0;
    const [name, inline] =
      word.startsWith('--') && word.includes('=')
        ? [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]
        : [word, undefined];
    const value = (): string => inline ?? words.shift() ?? missing(name);
    if (name === '--root') found.root = value();
    else if (name === '--connect' || (name === '-c' && before)) found.uri = value();
    else if (name === '--json') found.json = true;
    else if (before && (name === '--readonly' || name === '-r')) found.readOnly = true;
    else if (before && (name === '--quiet' || name === '-q')) found.quiet = true;
    else rest.push(word);
  }
  return { options: found, verb: rest[0], words: rest.slice(1) };
}

function missing(name: string): never {
  throw new UsageError(`option '${name}' requires a value`);
}
