import { type Command, text } from '../command.js';
import { globals } from '../globals.js';
import { candidates } from '../completion/candidates.js';
import { namesFrom } from '../completion/object-names.js';
import { shellScripts } from '../completion/shell.js';
import { bare } from '../output.js';
import { UsageError } from '../usage-error.js';

const group = 'Virtkit itself';

/** Verbs about virtkit, given the table of all others. */
export const ownCommands = (all: () => readonly Command[]): readonly Command[] => [
  {
    name: 'completion',
    group,
    summary: 'print a shell function that completes virtkit: bash, zsh or fish',
    options: [text('shell', 'which shell', { required: true, words: Object.keys(shellScripts) })],
    run: (_context, values) => {
      const script = shellScripts[values.text('shell')];
      if (script === undefined)
        throw new UsageError(
          `no completion for '${values.text('shell')}'; known are ${Object.keys(shellScripts).join(', ')}`,
        );
      return Promise.resolve(bare(script));
    },
  },
  {
    name: 'complete',
    group,
    summary: 'words that may come next (used by the shell functions)',
    options: [text('words', 'what was typed', { rest: true })],
    run: async (context, values) => {
      const { options, verb, words: behind } = globals(values.list('words'));
      await using asked = context.with({
        ...context.options,
        ...(options.uri !== undefined && { uri: options.uri }),
        ...(options.root !== undefined && { root: options.root }),
      });
      const typed = verb === undefined ? [] : [verb, ...behind];
      const words = await candidates(all(), typed, namesFrom(asked));
      return bare(words.join('\n'), words);
    },
  },
];
