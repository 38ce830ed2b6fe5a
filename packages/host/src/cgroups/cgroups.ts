import { errnoOf, ignoring } from '@virtkit/schema';
import { closeSync, existsSync, openSync, write } from 'node:fs';
import { mkdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { hostError, systemError } from '../errors.js';
import { fileTree } from '../machine/file-tree.js';
import { currentMounts, type Mount } from '../machine/mounts.js';
import { askUntil } from '../process/patience.js';
import { type CgroupMounts, cgroupMounts, type Controller } from './mounts.js';

/** Groups of processes whose use of the host the kernel counts and limits together. Paths begin below the mounts. */
export interface Cgroups {
  readonly mounts: CgroupMounts;
  /**
   * Makes a group below a group that is there. A group that is there already is no error.
   * @throws `SYSTEM_ERROR` with the kernel's reason
   */
  make(path: string): Promise<void>;
  /** Moves a process with all its threads. @throws `SYSTEM_ERROR` when it or the group is gone */
  place(path: string, pid: number): Promise<void>;
  /** Removes an empty group; waits a little for processes that are ending. One that is gone is no error. */
  remove(path: string): Promise<void>;
  /** Content of one of the group's files; undefined where the controller or the file is absent. */
  read(path: string, controller: Controller, file: string): Promise<string | undefined>;
  /** Sets one of the group's files. @throws `SYSTEM_ERROR` with the kernel's reason */
  write(path: string, controller: Controller, file: string, text: string): Promise<void>;
}

/** The groups of this host; undefined where none are mounted. */
export function hostCgroups(): Cgroups | undefined {
  const mounts = cgroupMounts(currentMounts().filter(isUsable));
  return mounts === undefined ? undefined : cgroupsAt(mounts);
}

/** A mount that another one covers is listed all the same; a tree of version 2 may have left its controllers to version 1. */
function isUsable({ target }: Mount): boolean {
  const tree = fileTree(target);
  return tree.text('cgroup.procs') !== undefined && tree.text('cgroup.controllers') !== '';
}

/** The groups of one set of mounts. */
export const cgroupsAt = (mounts: CgroupMounts): Cgroups => new MountedCgroups(mounts);

/** Whether nothing is wrong but that this process may not make groups here: in a container, or without privileges. */
export const isForbidden = (cause: unknown): boolean =>
  cause instanceof Error && ['EPERM', 'EACCES', 'EROFS'].includes(errnoOf(cause.cause) ?? '');

class MountedCgroups implements Cgroups {
  readonly mounts: CgroupMounts;

  constructor(mounts: CgroupMounts) {
    this.mounts = mounts;
  }

  async make(path: string): Promise<void> {
    await this.#each(path, 'create', (folder, root) => this.#makeOne(folder, root));
  }

  async place(path: string, pid: number): Promise<void> {
    await this.#each(path, 'place a process in', (folder) => put(join(folder, 'cgroup.procs'), `${pid}`));
  }

  async remove(path: string): Promise<void> {
    await this.#each(path, 'remove', removeWhenEmpty);
  }

  async read(path: string, controller: Controller, file: string): Promise<string | undefined> {
    const root = this.#root(controller);
    if (root === undefined) return undefined;
    return await readFile(join(root, path, file), 'utf8').then(
      (text) => text.trimEnd(),
      () => undefined,
    );
  }

  async write(path: string, controller: Controller, file: string, text: string): Promise<void> {
    const root = this.#root(controller);
    if (root === undefined) throw hostError('CONFIG_UNSUPPORTED', `cgroup ${controller} controller is not mounted`);
    try {
      await writeFile(join(root, path, file), text);
    } catch (cause) {
      throw systemError(`Unable to write '${text}' to '${join(root, path, file)}'`, cause);
    }
  }

  #root(controller: Controller): string | undefined {
    return this.mounts.version === 2 ? this.mounts.folder : this.mounts.folders.get(controller);
  }

  async #each(path: string, doing: string, work: (folder: string, root: string) => Promise<void>): Promise<void> {
    try {
      await Promise.all(this.#roots().map((root) => work(join(root, path), root)));
    } catch (cause) {
      throw systemError(`Unable to ${doing} control group ${path}`, cause);
    }
  }

  /** Controllers that are mounted together share a folder. */
  #roots(): readonly string[] {
    const { mounts } = this;
    return mounts.version === 2 ? [mounts.folder] : [...new Set(mounts.folders.values())];
  }

  async #makeOne(folder: string, root: string): Promise<void> {
    const parent = dirname(folder);
    if (this.mounts.version === 2) await passControllers(parent);
    if (!existsSync(folder)) await mkdir(folder).catch(ignoring('EEXIST'));
    if (this.mounts.version === 1 && root === this.#root('cpuset')) await inheritSets(parent, folder);
  }
}

/** Version 2: children get the controllers their parent passes on. What the parent itself lacks stays away. */
async function passControllers(parent: string): Promise<void> {
  const has = wordsOf(parent, 'cgroup.controllers');
  const passedOn = wordsOf(parent, 'cgroup.subtree_control');
  for (const controller of ['cpu', 'cpuset', 'memory', 'io'].filter((name) => has.has(name) && !passedOn.has(name)))
    await put(join(parent, 'cgroup.subtree_control'), `+${controller}`).catch(ignoring('EBUSY', 'EINVAL'));
}

const wordsOf = (folder: string, file: string): ReadonlySet<string> => new Set(fileTree(folder).text(file)?.split(' '));

/** Version 1: a new group has no processors and no memory until it is given some, and takes no process before. */
async function inheritSets(parent: string, folder: string): Promise<void> {
  for (const file of ['cpuset.cpus', 'cpuset.mems'])
    if (fileTree(folder).text(file) === '') await put(join(folder, file), fileTree(parent).text(file) ?? '');
}

const written = promisify(write);

/** Off this thread: the kernel may let a change wait for others. Opening never waits, and reading neither. */
async function put(path: string, text: string): Promise<void> {
  const file = openSync(path, 'r+');
  try {
    await written(file, text);
  } finally {
    closeSync(file);
  }
}

/** Milliseconds an ending process may still hold its group. */
const patienceMs = 1_000;

async function removeWhenEmpty(folder: string): Promise<void> {
  let busy: unknown;
  const isGone = async (): Promise<boolean> => {
    try {
      await rmdir(folder);
    } catch (cause) {
      busy = cause;
      if (errnoOf(cause) === 'EBUSY') return false;
      if (errnoOf(cause) !== 'ENOENT') throw cause;
    }
    return true;
  };
  if (!(await askUntil(isGone, { timeoutMs: patienceMs }))) throw busy;
}
