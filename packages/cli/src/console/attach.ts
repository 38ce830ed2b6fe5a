import type { ByteStream } from '@virtkit/client';

const ESCAPE = 0x1d; // ^]

/**
 * Joins this terminal and a guest's console until `^]` or the end of either.
 * Without a terminal on standard input the console is only shown.
 */
export async function attachConsole(stream: ByteStream, name: string): Promise<void> {
  const { stdin, stdout } = process;
  stdout.write(`Connected to domain '${name}'\nEscape character is ^] (Ctrl + ])\n`);
  const type = (chunk: Buffer): void => {
    const end = chunk.indexOf(ESCAPE);
    void stream.write(end < 0 ? chunk : chunk.subarray(0, end)).then(() => (end < 0 ? undefined : stream.abort()));
  };
  if (stdin.isTTY) stdin.setRawMode(true);
  stdin.on('data', type);
  try {
    for await (const chunk of stream) stdout.write(chunk);
  } finally {
    stdin.off('data', type);
    if (stdin.isTTY) stdin.setRawMode(false);
    stdin.pause();
    stdout.write('\n');
  }
}
