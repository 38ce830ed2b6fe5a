import { parseArgs } from 'node:util';
import { type Command, type OptionRow, Values } from './command.js';
import { suggestion } from './nearest.js';
import { UsageError } from './usage-error.js';

type Given = Map<string, string | number | true | readonly string[]>;

/**
 * Reads the words behind a verb by its table.
 * @throws UsageError in virsh's words
 */
export function parseWords(command: Command, words: readonly string[]): Values {
  const given: Given = new Map();
  const positional: string[] = [];
  for (const token of tokens(command, words)) {
    if (token.kind === 'positional') positional.push(token.value);
    else if (token.kind === 'option') take(command, given, token);
  }
  place(command, given, positional);
  const missing = command.options.find((option) => option.required && !given.has(option.name));
  if (missing !== undefined) throw new UsageError(`command '${command.name}' requires <${missing.name}> option`);
  return new Values(given);
}

type Token = ReturnType<typeof tokens>[number];
type OptionToken = Extract<Token, { kind: 'option' }>;

function tokens(command: Command, words: readonly string[]) {
  const options = Object.fromEntries(
    command.options.map((option) => [
      option.name,
      {
        type: option.kind === 'flag' ? ('boolean' as const) : ('string' as const),
        ...(option.short === undefined ? {} : { short: option.short }),
      },
    ]),
  );
  return parseArgs({ args: [...words], options, strict: false, allowPositionals: true, tokens: true }).tokens;
}

function take(command: Command, given: Given, token: OptionToken): void {
  const option = command.options.find((row) => row.name === token.name);
  if (option === undefined) throw unsupported(command, token);
  if (option.kind === 'flag' && token.value !== undefined)
    throw new UsageError(`invalid '=' after option ${token.rawName}`);
  if (option.kind === 'flag') given.set(option.name, true);
  else if (token.value === undefined)
    throw new UsageError(`expected syntax: --${option.name} <${option.kind === 'number' ? 'number' : 'string'}>`);
  else given.set(option.name, option.rest ? [...listOf(given, option), token.value] : valueOf(option, token.value));
}

function unsupported(command: Command, { name, rawName }: OptionToken): UsageError {
  const known = command.options.map((option) => option.name);
  const near = suggestion(name, known, (word) => `--${word}`);
  return new UsageError(`command '${command.name}' doesn't support option ${rawName}${near}`);
}

const listOf = (given: Given, option: OptionRow): readonly string[] => {
  const value = given.get(option.name);
  return Array.isArray(value) ? value : [];
};

/** Words without a name fill the options that take a value, in the order of the table. */
function place(command: Command, given: Given, positional: readonly string[]): void {
  const left = [...positional];
  for (const option of command.options) {
    if (option.kind === 'flag' || option.named || left.length === 0) continue;
    if (option.rest) given.set(option.name, [...listOf(given, option), ...left.splice(0)]);
    else if (!given.has(option.name)) given.set(option.name, valueOf(option, left.shift() ?? ''));
  }
  if (left.length > 0) throw new UsageError(`unexpected data '${left[0]}'`);
}

function valueOf(option: OptionRow, word: string): string | number {
  if (option.kind !== 'number') return word;
  if (!/^-?(0x[0-9a-f]+|\d+)$/i.test(word))
    throw new UsageError(`Numeric value '${word}' for <${option.name}> option is malformed or out of range`);
  return Number(word);
}
