import { spawn } from 'node:child_process';

/** Runs a program that takes over the user's terminal, such as an editor. Answers its exit status; null for a signal. */
export function runInTerminal(program: string, args: readonly string[]): Promise<number | null> {
  const child = spawn(program, args, { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
}
