import { ignoring } from '@virtkit/schema';
import { chown, stat } from 'node:fs/promises';
import type { FileOwner } from '../status/runtime.js';
import type { QemuUser } from './qemu-user.js';

/** A file QEMU shall open. */
export interface GuestFile {
  readonly path: string;
  readonly writable: boolean;
}

/** Whom the files belong to now, for those that must change hands so that `user` can open them. */
export async function ownersToChange(files: readonly GuestFile[], user: QemuUser): Promise<readonly FileOwner[]> {
  const unique = new Map<string, GuestFile>();
  for (const file of files) if (file.writable || !unique.has(file.path)) unique.set(file.path, file);
  const found = await Promise.all([...unique.values()].map((file) => ownerToChange(file, user)));
  return found.filter((owner) => owner !== undefined);
}

async function ownerToChange(file: GuestFile, user: QemuUser): Promise<FileOwner | undefined> {
  const now = await stat(file.path).catch(() => undefined); // QEMU is refused it too, and says so
  if (now === undefined || now.uid === user.uid) return undefined;
  const byOthers = (now.mode & 0o004) !== 0 || (now.gid === user.gid && (now.mode & 0o040) !== 0);
  const writable = (now.mode & 0o002) !== 0 || (now.gid === user.gid && (now.mode & 0o020) !== 0);
  if (file.writable ? byOthers && writable : byOthers) return undefined;
  return { path: file.path, uid: now.uid, gid: now.gid };
}

/** Hands the files over. */
export async function giveFiles(owners: readonly FileOwner[], user: QemuUser): Promise<void> {
  await Promise.all(owners.map(({ path }) => chown(path, user.uid, user.gid)));
}

/** Gives back what still belongs to `user`; files that vanished or changed hands meanwhile are left alone. */
export async function takeFilesBack(owners: readonly FileOwner[], user: QemuUser): Promise<void> {
  await Promise.all(owners.map((owner) => takeBack(owner, user)));
}

async function takeBack(owner: FileOwner, user: QemuUser): Promise<void> {
  const now = await stat(owner.path).catch(ignoring('ENOENT'));
  if (now === undefined || now.uid !== user.uid) return;
  await chown(owner.path, owner.uid, owner.gid).catch(ignoring('ENOENT', 'EROFS'));
}
