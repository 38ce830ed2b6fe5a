import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';

/** Looked in besides `PATH`: a daemon started by an ordinary user lacks them. */
const systemFolders = ['/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/local/bin', '/usr/bin', '/bin'];

/** Absolute path of an executable file, or undefined. An absolute name is only checked. */
export async function findProgram(program: string, path = process.env['PATH'] ?? ''): Promise<string | undefined> {
  if (isAbsolute(program)) return (await executable(program)) ? program : undefined;
  const folders = new Set([...path.split(':').filter((folder) => isAbsolute(folder)), ...systemFolders]);
  for (const folder of folders) {
    const candidate = join(folder, program);
    if (await executable(candidate)) return candidate;
  }
  return undefined;
}

async function executable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
