import { errnoOf } from '@virtkit/schema';
import { randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, renameSync, rmSync, unlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { storageError, systemError } from '@virtkit/storage';

/**
 * Where a volume is made before it has its name: a folder of its own in the same directory, so that the finished file
 * appears at once, whole, and so that whatever was interrupted is recognised and removed.
 */
export interface Workshop extends Disposable {
  /** To be made here. The file name is the final one. */
  readonly path: string;
  /** Gives what was made its place. Throws when something has that name by now. */
  publish(): void;
}

const prefix = '.virtkit-new-';
/** Tells this process from an earlier one with the same number. */
const life = randomBytes(4).toString('hex');
const pattern = /^\.virtkit-new-(\d+)-([0-9a-f]{8})-/;

export const isWorkshop = (name: string): boolean => pattern.test(name);

/** Opens one for the volume that will be at `finalPath`. With `beside` the file lies in the directory itself. */
export function openWorkshop(finalPath: string, options: { readonly beside?: boolean } = {}): Workshop {
  const directory = dirname(finalPath);
  const place = join(directory, `${prefix}${process.pid}-${life}-${randomBytes(4).toString('hex')}`);
  if (options.beside !== true) makeFolder(place, finalPath);
  const path = options.beside === true ? place : join(place, basename(finalPath));
  return {
    path,
    publish: () => publish(path, finalPath),
    [Symbol.dispose]: () => rmSync(place, { recursive: true, force: true }),
  };
}

function makeFolder(place: string, finalPath: string): void {
  try {
    mkdirSync(place, { mode: 0o700 });
  } catch (cause) {
    throw systemError(`Failed to create file '${finalPath}'`, cause);
  }
}

function publish(path: string, finalPath: string): void {
  const taken = () => storageError('OPERATION_INVALID', `volume target path '${finalPath}' already exists`);
  try {
    link(path, finalPath);
  } catch (cause) {
    if (errnoOf(cause) === 'EEXIST' || errnoOf(cause) === 'ENOTEMPTY') throw taken();
    throw systemError(`Failed to create file '${finalPath}'`, cause);
  }
}

/** Two names for a moment, never none; directories and file systems without links are renamed. */
function link(path: string, finalPath: string): void {
  try {
    linkSync(path, finalPath);
    unlinkSync(path);
  } catch (cause) {
    const errno = errnoOf(cause);
    if (errno !== 'EPERM' && errno !== 'ENOTSUP' && errno !== 'EOPNOTSUPP' && errno !== 'EMLINK') throw cause;
    if (existsSync(finalPath)) throw Object.assign(new Error(`${finalPath} exists`), { code: 'EEXIST' });
    renameSync(path, finalPath);
  }
}

/** Removes a workshop whose maker is gone. */
export function sweepWorkshop(directory: string, name: string): void {
  const [, pid, made] = pattern.exec(name) ?? [];
  const ours = Number(pid) === process.pid;
  if (ours ? made === life : isRunning(Number(pid))) return;
  rmSync(join(directory, name), { recursive: true, force: true });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return errnoOf(cause) === 'EPERM';
  }
}
