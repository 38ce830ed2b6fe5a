const special = /[\t\r\n !"#$&'()*;<>?[\\\]^`{|}~]/;

const quoted = (word: string): string =>
  word === '' || special.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : word;

/** Words as one line for a POSIX shell, quoted where they have to be. @libvirt virCommandToString */
export const shellLine = (words: readonly string[]): string => words.map(quoted).join(' ');
