import { type CommandResult, type Commands, shellLine } from '@virtkit/core';
import { errorsFrom } from '@virtkit/schema';

const commonError = errorsFrom('NONE');

export interface RunOptions {
  readonly signal: AbortSignal;
  /** A path that the words of an error shall show as another one. */
  readonly shown?: { readonly from: string; readonly as: string };
}

/** Runs a program of the host; a failure carries its own words, as libvirt reports them. */
export async function runProgram(
  commands: Commands,
  program: string,
  args: readonly string[],
  options: RunOptions,
): Promise<string> {
  const result = await commands.run(program, args, { signal: options.signal });
  if (result.code === 0) return result.stdout;
  const path = (await commands.find(program)) ?? program;
  const { from, as } = options.shown ?? { from: '', as: '' };
  const text = failure([path, ...args], result);
  throw commonError('INTERNAL_ERROR', from === '' ? text : text.replaceAll(from, as));
}

function failure(command: readonly string[], { code, signal, stderr }: CommandResult): string {
  const status = signal === null ? `exit status ${code}` : `fatal signal ${signal}`;
  return `Child process (${shellLine(command)}) unexpected ${status}: ${stderr}`;
}
