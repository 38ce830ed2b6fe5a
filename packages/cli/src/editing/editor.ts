import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { CommandError } from '../usage-error.js';

/** The user's editor: a command line, for the shell to take apart. */
const editor = (): string => process.env['VISUAL'] ?? process.env['EDITOR'] ?? 'vi';

/** A text in a file of its own while somebody edits it. */
export class EditedText implements AsyncDisposable {
  private constructor(
    private readonly folder: string,
    readonly path: string,
  ) {}

  static async of(text: string, ending: string): Promise<EditedText> {
    const folder = await mkdtemp(join(tmpdir(), 'virtkit-')); // for nobody else to read
    const path = join(folder, `edited${ending}`);
    await writeFile(path, text, { mode: 0o600 });
    return new EditedText(folder, path);
  }

  /** What is in the file when the editor has ended. @throws CommandError where it failed */
  async edit(): Promise<string> {
    const command = editor();
    const { runInTerminal } = await import('@virtkit/host'); // few commands need it
    const status = await runInTerminal('/bin/sh', ['-c', `${command} "$1"`, command, this.path]);
    if (status !== 0) throw new CommandError(`${command}: command exited with non-zero status`);
    return await readFile(this.path, 'utf8');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** What the user makes of a text. */
export async function editText(text: string, ending = '.txt'): Promise<string> {
  await using file = await EditedText.of(text, ending);
  return await file.edit();
}

/** What to do with a text that was refused. Nobody to ask: it is given up. */
export async function askAgain(cause: unknown): Promise<'again' | 'force' | 'give-up'> {
  if (!process.stdin.isTTY) return 'give-up';
  process.stderr.write(`error: ${cause instanceof Error ? cause.message : String(cause)}\n`);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    for (;;) {
      const answer = (await terminal.question('Failed. Try again? [y,n,i,f,?]: ')).toLowerCase();
      if (answer === 'y' || answer === '') return 'again';
      if (answer === 'n') return 'give-up';
      if (answer === 'i' || answer === 'f') return 'force';
      process.stdout.write(
        'y - yes, start editor again\nn - no, throw away my changes\ni, f - try without validation\n',
      );
    }
  } finally {
    terminal.close();
  }
}
