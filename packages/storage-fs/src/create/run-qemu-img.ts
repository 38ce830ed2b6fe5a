import type { Commands } from '@virtkit/core';
import { errorsFrom } from '@virtkit/schema';
import type { QemuImgCommand } from '@virtkit/storage';

const commonError = errorsFrom('NONE');
const special = /[^A-Za-z0-9_\-./,=:@%+]/;
const quoted = (word: string): string =>
  word === '' || special.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : word;

export interface RunOptions {
  readonly signal: AbortSignal;
  /** A path that the words of an error shall show as another one. */
  readonly shown?: { readonly from: string; readonly as: string };
}

/** Runs qemu-img; a failure carries its own words, as libvirt reports them. */
export async function runQemuImg(commands: Commands, args: QemuImgCommand, options: RunOptions): Promise<string> {
  const result = await commands.run('qemu-img', args, { signal: options.signal });
  if (result.code === 0) return result.stdout;
  const program = (await commands.find('qemu-img')) ?? 'qemu-img';
  const status = result.signal === null ? `exit status ${result.code}` : `fatal signal ${result.signal}`;
  const text = `Child process (${[program, ...args].map(quoted).join(' ')}) unexpected ${status}: ${result.stderr}`;
  const { from, as } = options.shown ?? { from: '', as: '' };
  throw commonError('INTERNAL_ERROR', from === '' ? text : text.replaceAll(from, as));
}
