import { readFileSync } from 'node:fs';

/** One line of the kernel's table of mounts. */
export interface Mount {
  readonly source: string;
  readonly target: string;
}

/** What is mounted now. A host without such a table has nothing mounted that we know of. */
export function currentMounts(): readonly Mount[] {
  try {
    return parseMounts(readFileSync('/proc/self/mounts', 'utf8'));
  } catch {
    return [];
  }
}

export function parseMounts(text: string): readonly Mount[] {
  return text.split('\n').flatMap((line) => {
    const [source, target] = line.split(' ');
    return source === undefined || target === undefined
      ? []
      : [{ source: unescaped(source), target: unescaped(target) }];
  });
}

/** Blanks stand there as `\040`. */
const unescaped = (text: string): string =>
  text.replaceAll(/\\([0-7]{3})/g, (_all, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));
