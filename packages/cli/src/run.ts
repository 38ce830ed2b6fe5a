import { LibvirtError } from '@virtkit/client';
import { errorNumbers } from '@virtkit/schema';
import type { Command, Values } from './command.js';
import { commands } from './commands/index.js';
import { Context } from './context.js';
import { globals } from './globals.js';
import { asJson, bare, type Output } from './output.js';
import { HintedError, hintsFor } from './hints/hints.js';
import { usageHint } from './hints/usage.js';
import { suggestion } from './nearest.js';
import { parseWords } from './parse.js';
import type { Distribution } from './distribution.js';
import { help } from './help.js';
import { UsageError } from './usage-error.js';

export interface Terminal {
  out(text: string): void;
  error(text: string): void;
}

async function execute(argv: readonly string[], distribution: Distribution): Promise<Output> {
  const { options, verb, words } = globals(argv);
  const shown = (output: Output): Output => (options.json ? { ...output, text: asJson(output.data) } : output);
  if (verb === undefined || verb === 'help' || verb === '--help' || verb === '-h') return shown(help(words[0]));
  if (verb === '--version' || verb === '-v') return bare(distribution.version);
  const command = commands.find(({ name, aliases }) => name === verb || aliases?.includes(verb));
  if (command === undefined) throw unknown(verb);
  if (words.includes('--help')) return shown(help(verb));
  await using context = new Context(options, distribution);
  const values = parsed(command, words);
  try {
    return shown(await command.run(context, values));
  } catch (cause) {
    throw new HintedError(cause, await hintsFor({ context, command, values, cause }));
  }
}

/** No command has that name. */
function unknown(verb: string): UsageError {
  if (verb.startsWith('-')) return new UsageError(`unsupported option '${verb}'`, 'virtkit --help shows what there is');
  return new UsageError(
    `unknown command: '${verb}'${suggestion(
      verb,
      commands.map(({ name }) => name),
    )}`,
  );
}

/** What was typed, by the table of the command; a fault is told with how it is called. */
function parsed(command: Command, words: readonly string[]): Values {
  try {
    return parseWords(command, words);
  } catch (cause) {
    throw cause instanceof UsageError ? new HintedError(cause, [cause.hint ?? usageHint(command)]) : cause;
  }
}

const invalidSchema = errorNumbers.XML_INVALID_SCHEMA.number;

/** Where a document is at fault, when its error does not say so itself. */
function place(error: Error): string {
  if (!(error instanceof LibvirtError) || error.code !== invalidSchema || error.numbers[0] < 1) return '';
  return `line ${error.numbers[0]} of the document is the first at fault`;
}

const ownHint = (cause: unknown): readonly string[] =>
  cause instanceof UsageError && cause.hint !== undefined ? [cause.hint] : [];

/** Causes below each other, each said once. What failed of the system is told by whoever called it. */
function reasons(cause: unknown): readonly string[] {
  const words: string[] = [];
  for (let at = cause; at instanceof Error && !(words.length > 0 && 'syscall' in at); at = at.cause)
    words.push(...[at.message, place(at)].filter((text) => text !== '' && !words.some((said) => said.includes(text))));
  return words;
}

/** Runs one command line. @returns the exit code: 0 success, 1 failure, 2 usage */
export async function run(argv: readonly string[], terminal: Terminal, distribution: Distribution): Promise<number> {
  try {
    const { text, failure } = await execute(argv, distribution);
    if (text !== '') terminal.out(`${text}\n`);
    if (failure !== undefined) throw failure;
    return 0;
  } catch (cause) {
    for (const line of reasons(cause)) terminal.error(`error: ${line}\n`);
    const { hints, cause: failure } = cause instanceof HintedError ? cause : { hints: ownHint(cause), cause };
    for (const hint of hints) terminal.error(`hint: ${hint}\n`);
    return failure instanceof UsageError ? 2 : 1;
  }
}
