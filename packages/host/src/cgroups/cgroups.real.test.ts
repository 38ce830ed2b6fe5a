import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { cgroupsAt, isForbidden } from './cgroups.js';
import { currentMounts } from '../machine/mounts.js';
import { type CgroupMounts, cgroupMounts } from './mounts.js';

const kinds = [
  { name: 'version 1', mounts: cgroupMounts(currentMounts().filter(({ type }) => type === 'cgroup')) },
  { name: 'version 2', mounts: cgroupMounts(currentMounts().filter(({ type }) => type === 'cgroup2')) },
];
const path = `/virtkit-test-${process.pid}`;

for (const { name, mounts } of kinds) {
  const missing = mounts === undefined ? 'is not mounted' : await whyNot(mounts);
  const skipped = missing === undefined ? '' : ` (skipped: ${missing})`;
  describe.skipIf(missing !== undefined)(`control groups of ${name}${skipped}`, () => {
    const groups = cgroupsAt(mounts ?? { version: 2, folder: '' });
    const child = spawn('sleep', ['60'], { stdio: 'ignore' });
    afterEach(() => groups.remove(path));

    test('hold a process until it ends, and go away with it', async () => {
      await groups.make(path);
      await groups.make(path);
      await groups.place(path, child.pid ?? 0);
      for (const folder of foldersOf(mounts))
        expect(readFileSync(join(folder, path, 'cgroup.procs'), 'utf8')).toBe(`${child.pid}\n`);
      const ended = once(child, 'exit');
      child.kill();
      await groups.remove(path);
      await ended;
      for (const folder of foldersOf(mounts)) expect(existsSync(join(folder, path))).toBe(false);
    });

    test('take no process that is gone, and are gone when they are removed twice', async () => {
      await groups.make(path);
      await expect(groups.place(path, 4_194_304)).rejects.toThrow(/No such process$/);
      await groups.remove(path);
      await groups.remove(path);
    });

    test('are made below a group that is there', async () => {
      await expect(groups.make(`${path}/below`)).rejects.toThrow(/No such file or directory$/);
    });
  });
}

const foldersOf = (mounts: CgroupMounts | undefined): readonly string[] =>
  mounts === undefined ? [] : mounts.version === 1 ? [...mounts.folders.values()] : [mounts.folder];

async function whyNot(mounts: CgroupMounts): Promise<string | undefined> {
  const groups = cgroupsAt(mounts);
  try {
    await groups.make(path);
    await groups.remove(path);
    return undefined;
  } catch (cause) {
    if (isForbidden(cause)) return 'this user may not make any';
    throw cause;
  }
}
