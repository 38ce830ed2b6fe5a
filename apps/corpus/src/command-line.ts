/** One command as the corpus writes it. */
export interface Command {
  readonly environment: readonly (readonly [name: string, value: string])[];
  /** Program and arguments. */
  readonly argv: readonly string[];
}

const special = /[\t\r\n !"#$&'()*;<>?[\\\]^`{|}~]/;

/** Quotes one word for a POSIX shell where it has to be. */
export function quote(word: string): string {
  if (word === '') return "''";
  return special.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : word;
}

/** The canonical, wrapped text of a command (corpus README, "Command lines"). */
export function wrapCommand(command: Command): string {
  const [program = '', ...rest] = command.argv;
  const environment = command.environment.map(([name, value]) => `${name}=${quote(value)} \\\n`).join('');
  const breaks = lineBreaks(command.argv);
  const words = rest.map((word, index) => ` ${breaks[index + 1] ? '\\\n' : ''}${quote(word)}`);
  return `${environment}${quote(program)}${words.join('')}\n`;
}

/** Which words start a line: all but the value that follows an option. */
function lineBreaks(argv: readonly string[]): readonly boolean[] {
  let lastOption = -1;
  for (const [index, word] of argv.entries()) if (word.startsWith('-')) lastOption = index;
  let optionBefore = false;
  return argv.map((word, index) => {
    const isOption = word.startsWith('-');
    const isValue = !isOption && optionBefore && lastOption >= index - 1;
    optionBefore ||= isOption;
    return !isValue;
  });
}
