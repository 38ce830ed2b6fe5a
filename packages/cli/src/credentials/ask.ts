import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Ask, Question } from '../embedded.js';
import { CommandError } from '../usage-error.js';
import { credentialsFor } from './auth-file.js';

const fieldOf: Readonly<Record<Question['type'], string | undefined>> = {
  username: 'username',
  password: 'password',
  noecho: 'password',
  external: undefined,
};

/** Asks at the terminal; passwords are not shown. */
async function atTerminal({ type, prompt }: Question): Promise<string> {
  if (!process.stdin.isTTY)
    throw new CommandError(`${prompt.replace(/:\s*$/, '')}: there is no terminal to ask; store it in auth.conf`);
  const silent = type !== 'username';
  const output = silent ? new Writable({ write: (_chunk, _encoding, done) => done() }) : process.stderr;
  process.stderr.write(prompt.endsWith(' ') ? prompt : `${prompt} `);
  const lines = createInterface({ input: process.stdin, output, terminal: true });
  try {
    return await lines.question('');
  } finally {
    lines.close();
    if (silent) process.stderr.write('\n');
  }
}

/** Answers from auth.conf where it has them, else from the person at the terminal. */
export const askFor =
  (service: string): Ask =>
  async (questions) => {
    const answers: string[] = [];
    for (const question of questions) {
      const field = fieldOf[question.type];
      const stored = field === undefined ? undefined : credentialsFor(service, question.challenge ?? '')?.get(field);
      answers.push(stored ?? (await atTerminal(question)));
    }
    return answers;
  };
