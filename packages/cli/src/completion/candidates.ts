import type { Command, OptionRow } from '../command.js';
import type { Context } from '../context.js';

/** Where names of objects come from. A daemon that does not answer offers none. */
export type Names = (kind: NonNullable<OptionRow['completes']>) => Promise<readonly string[]>;

export const namesFrom =
  (context: Context): Names =>
  async (kind) => {
    try {
      const connection = await context.connection();
      if (kind === 'domain') return (await connection.domains.list()).map(({ name }) => name);
      if (kind === 'pool') return (await connection.storagePools.list()).map(({ name }) => name);
      if (kind === 'network') return (await connection.networks.list()).map(({ name }) => name);
      return [];
    } catch {
      return [];
    }
  };

/** The option whose value is being typed: the one just named, else the next one by position. */
function awaited(command: Command, words: readonly string[]): OptionRow | undefined {
  const valued = command.options.filter(({ kind }) => kind !== 'flag');
  const positional = valued.filter(({ named }) => !named);
  const before = words.at(-2);
  const known = before?.startsWith('--') ? valued.find(({ name }) => `--${name}` === before) : undefined;
  if (known !== undefined) return known;
  const placed = words
    .slice(0, -1)
    .filter((word, at, all) => !word.startsWith('--') && !all[at - 1]?.startsWith('--')).length;
  return positional[placed] ?? positional.find(({ rest }) => rest);
}

/**
 * What may stand in place of the last word.
 * @param words what was typed behind `virtkit`, the unfinished word last
 */
export async function candidates(
  commands: readonly Command[],
  words: readonly string[],
  names: Names,
): Promise<readonly string[]> {
  const last = words.at(-1) ?? '';
  const fitting = (list: readonly string[]): readonly string[] => list.filter((word) => word.startsWith(last));
  const command = words.length > 1 ? commands.find(({ name }) => name === words[0]) : undefined;
  if (words.length <= 1 || words[0] === 'help') return fitting([...commands.map(({ name }) => name), 'help']);
  if (command === undefined) return [];
  if (last.startsWith('-'))
    return fitting(command.options.map(({ name }) => `--${name}`).filter((name) => !words.slice(0, -1).includes(name)));
  const option = awaited(command, words.slice(1));
  return option?.completes === undefined ? [] : fitting(await names(option.completes));
}
