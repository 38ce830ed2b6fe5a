import type { QemuCommand } from './build.js';

const special = /[\t\r\n !"#$&'()*;<>?[\\\]^`{|}~]/;

/** One word, quoted for a POSIX shell where it has to be. */
const quoted = (word: string): string =>
  word === '' || special.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : word;

/** A command with its environment as one line for a shell. */
export const quotedCommand = ({ environment, argv }: QemuCommand): string =>
  [...environment.map(([name, value]) => `${name}=${quoted(value)}`), ...argv.map(quoted)].join(' ');
