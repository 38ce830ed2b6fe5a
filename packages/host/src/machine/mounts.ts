import { fileTree } from './file-tree.js';

/** One line of the kernel's table of mounts. @see proc(5) */
export interface Mount {
  /** The device, or what stands for it: `server:/export`, `tmpfs`. */
  readonly source: string;
  readonly target: string;
  /** Of the file system: `ext4`, `cgroup2`, … */
  readonly type: string;
  /** Of the file system, not of this mount. */
  readonly options: readonly string[];
}

/** What is mounted now, in the order it was done. A host without such a table has nothing mounted that we know of. */
export const currentMounts = (tree = fileTree()): readonly Mount[] =>
  parseMountinfo(tree.text('proc/self/mountinfo') ?? '');

/** Reads `/proc/self/mountinfo`: fields before the lone `-` say where, those behind it what is mounted. */
export function parseMountinfo(text: string): readonly Mount[] {
  return text.split('\n').flatMap((line) => {
    const [where, what] = line.split(' - ');
    const target = where?.split(' ')[4];
    const [type = '', source = '', options = ''] = what?.split(' ') ?? [];
    return target === undefined
      ? []
      : [{ source: plain(source), target: plain(target), type, options: options.split(',') }];
  });
}

/** The kernel writes blanks and backslashes in octal. */
const plain = (path: string): string =>
  path.replaceAll(/\\([0-7]{3})/g, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 8)));
