import type { Command, OptionRow } from './command.js';
import { commands } from './commands/index.js';
import { suggestion } from './nearest.js';
import { bare, type Output } from './output.js';
import { UsageError } from './usage-error.js';

const syntax = (option: OptionRow): string => {
  if (option.kind === 'flag') return `[--${option.name}]`;
  const value = option.required
    ? `<${option.name}>`
    : `[--${option.name} <${option.kind === 'number' ? 'number' : 'string'}>]`;
  return option.rest ? `${value}...` : value;
};

function helpOf(command: Command): Output {
  const lines = command.options.map(
    (option) => `    ${`--${option.name}${option.kind === 'flag' ? '' : ' <value>'}`.padEnd(26)} ${option.summary}`,
  );
  const text = [
    '  NAME',
    `    ${command.name} - ${command.summary}`,
    '',
    '  SYNOPSIS',
    `    ${[command.name, ...command.options.map(syntax)].join(' ')}`,
    ...(lines.length === 0 ? [] : ['', '  OPTIONS', ...lines]),
    '',
  ].join('\n');
  return bare(text, command);
}

const near = (verb: string): string =>
  suggestion(
    verb,
    commands.map(({ name }) => name),
  );

/** All verbs by group, or one verb. @throws UsageError for a verb that does not exist */
export function help(verb: string | undefined): Output {
  if (verb !== undefined) {
    const command = commands.find(({ name }) => name === verb);
    if (command === undefined) throw new UsageError(`command or command group '${verb}' doesn't exist${near(verb)}`);
    return helpOf(command);
  }
  const groups = [...new Set(commands.map(({ group }) => group))];
  const sections = groups.map((group) =>
    [
      `${group}:`,
      ...commands
        .filter((command) => command.group === group)
        .map((command) => `    ${command.name.padEnd(24)} ${command.summary}`),
      '',
    ].join('\n'),
  );
  const head = 'virtkit [-c URI] [--root DIR] [--readonly] [--quiet] [--json] COMMAND [OPTION...]\n';
  return bare(
    [head, ...sections].join('\n'),
    commands.map(({ name, group, summary, options }) => ({ name, group, summary, options })),
  );
}
