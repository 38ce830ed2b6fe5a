import { readFileSync, readdirSync } from 'node:fs';
import { join, normalize } from 'node:path';

/** Small kernel files below a root, so that facts about a machine can be read from a recording as well. */
export interface FileTree {
  /** Content of a file, trailing white space removed; undefined when it cannot be read. */
  text(path: string): string | undefined;
  /** Names in a folder, in numeric order (`cpu2` before `cpu10`); empty when there is none. */
  names(path: string): readonly string[];
}

/** The running machine, or what lies below `root`. Reads at once: these are files of the kernel, not of a disk. */
export function fileTree(root = '/'): FileTree {
  return {
    text(path) {
      try {
        return readFileSync(join(root, path), 'utf8').trimEnd();
      } catch {
        return undefined; // not there, or not readable
      }
    },
    names(path) {
      try {
        return readdirSync(join(root, path)).sort(byNumber);
      } catch {
        return []; // not there, or not readable
      }
    },
  };
}

export interface RecordedFiles {
  readonly files: Readonly<Record<string, string>>;
  /** Target relative to the place of the link. */
  readonly links: Readonly<Record<string, string>>;
  readonly dirs: readonly string[];
}

/** A recording, mounted at a path (`sys/devices/system`). */
export function recordedTree(recording: RecordedFiles, mountedAt: string): FileTree {
  const prefix = `${normalize(mountedAt).replace(/^\/|\/$/g, '')}/`;
  const all = [
    ...Object.keys(recording.files),
    ...Object.keys(recording.links),
    ...recording.dirs.map((dir) => `${dir}/`),
  ];
  const inside = (path: string): string | undefined => {
    const plain = `${normalize(path).replace(/^\/|\/$/g, '')}/`;
    return plain.startsWith(prefix) ? resolveLinks(plain.slice(prefix.length, -1), recording.links) : undefined;
  };
  return {
    text(path) {
      const name = inside(path);
      return name === undefined ? undefined : recording.files[name]?.trimEnd();
    },
    names(path) {
      const folder = inside(path);
      if (folder === undefined) return [];
      const start = folder === '' ? '' : `${folder}/`;
      const names = all
        .filter((name) => name.startsWith(start))
        .map((name) => name.slice(start.length).split('/')[0] ?? '');
      return [...new Set(names.filter((name) => name !== ''))].sort(byNumber);
    },
  };
}

/** One tree that asks several, the first that knows. */
export function mergedTree(...trees: readonly FileTree[]): FileTree {
  return {
    text: (path) => trees.map((tree) => tree.text(path)).find((text) => text !== undefined),
    names: (path) => [...new Set(trees.flatMap((tree) => tree.names(path)))].sort(byNumber),
  };
}

function resolveLinks(path: string, links: Readonly<Record<string, string>>): string {
  let done = '';
  for (const part of path.split('/')) {
    const next = done === '' ? part : `${done}/${part}`;
    const target = links[next];
    done = target === undefined ? next : normalize(join(done, target));
  }
  return done;
}

const collator = new Intl.Collator('en', { numeric: true });
const byNumber = (a: string, b: string): number => collator.compare(a, b);
