import type { Command } from '../command.js';

const required = (command: Command): readonly string[] =>
  command.options.flatMap((option) => (option.required ? [`<${option.name}>${option.rest ? '...' : ''}`] : []));

/** How a verb is called: what it must have, and where the rest is told. */
export function usageHint(command: Command): string {
  const more = command.options.some((option) => !option.required) ? ' [OPTION...]' : '';
  return `${['virtkit', command.name, ...required(command)].join(' ')}${more}; all options: virtkit help ${command.name}`;
}
