import type { Command, OptionRow } from '../command.js';
import { globalOptions } from '../globals.js';
import type { Names } from './object-names.js';

const valued = ({ kind }: OptionRow): boolean => kind !== 'flag';
const positional = (command: Command): readonly OptionRow[] =>
  command.options.filter((option) => valued(option) && !option.named);

/** Words that stand for an option by their place: neither options nor values of those. */
function placed(command: Command, words: readonly string[]): readonly string[] {
  const takesValue = (word: string | undefined): boolean =>
    command.options.some((option) => `--${option.name}` === word && valued(option));
  return words.filter((word, at) => !word.startsWith('--') && !takesValue(words[at - 1]));
}

/** The option whose value is being typed: the one just named, else the next one by position. */
function awaited(command: Command, before: readonly string[]): OptionRow | undefined {
  const named = command.options.find((option) => valued(option) && `--${option.name}` === before.at(-1));
  if (named !== undefined) return named;
  const open = positional(command).filter(({ name, rest }) => rest || !before.includes(`--${name}`));
  return open[placed(command, before).length] ?? open.find(({ rest }) => rest);
}

async function valuesOf(option: OptionRow | undefined, domain: string | undefined, names: Names) {
  if (option?.words !== undefined) return option.words;
  return option?.completes === undefined ? [] : names(option.completes, domain);
}

/** `--domain = name`, as bash takes it apart, is `--domain name`. */
const joinedByShell = (words: readonly string[]): readonly string[] =>
  words.filter((word, at) => word !== '=' || !words[at - 1]?.startsWith('--'));

/**
 * What may stand in place of the last word.
 * @param words what was typed behind `virtkit`, the unfinished word last
 */
export async function candidates(
  commands: readonly Command[],
  words: readonly string[],
  names: Names,
): Promise<readonly string[]> {
  const whole = words.at(-1) === '=' ? [...words, ''] : words;
  const [verb, ...behind] = joinedByShell(whole);
  const last = whole.at(-1) ?? '';
  const fitting = (list: readonly string[], begun = last): readonly string[] =>
    list.filter((word) => word.startsWith(begun));
  const verbs = commands.map(({ name }) => name);
  if (whole.length <= 1) return fitting(last.startsWith('-') ? globalOptions : [...verbs, 'help']);
  if (verb === 'help') return fitting(verbs);
  const command = commands.find(({ name }) => name === verb);
  if (command === undefined) return [];
  const before = behind.slice(0, -1);
  const [domain] = placed(command, before);
  const [, name, begun] = /^--([^=]+)=(.*)$/.exec(last) ?? [];
  if (name !== undefined) {
    const option = command.options.find((each) => each.name === name);
    return fitting(await valuesOf(option, domain, names), begun).map((word) => `--${name}=${word}`);
  }
  if (last.startsWith('-'))
    return fitting(command.options.map((each) => `--${each.name}`).filter((each) => !before.includes(each)));
  return fitting(await valuesOf(awaited(command, before), domain, names));
}
