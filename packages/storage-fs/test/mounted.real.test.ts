import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { storageBed } from './storage-bed.js';

const missing = (() => {
  if (process.getuid?.() !== 0) return 'needs root';
  try {
    execFileSync('sh', ['-c', 'command -v mkfs.ext4 mount umount && losetup -f'], { stdio: 'ignore' });
    return undefined;
  } catch {
    return 'needs mkfs.ext4, mount and loop devices';
  }
})();
const refusal = (code: number, message: string | RegExp) =>
  expect.objectContaining({ code, message: typeof message === 'string' ? message : expect.stringMatching(message) });

describe.skipIf(missing !== undefined)(
  `a pool that is mounted${missing === undefined ? '' : ` (skipped: ${missing})`}`,
  () => {
    it('is formatted, mounted, used, and unmounted', async () => {
      await using bed = await storageBed();
      const { storagePools, storageVolumes } = bed.session;
      const image = `${bed.folder}.img`;
      writeFileSync(image, '');
      truncateSync(image, 32 << 20);
      const device = execFileSync('losetup', ['-f', '--show', image], { encoding: 'utf8' }).trim();
      try {
        const pool = await storagePools.define(
          `<pool type='fs'><name>f</name><source><device path='${device}'/><format type='ext4'/></source><target><path>${bed.folder}</path></target></pool>`,
        );
        await storagePools.build(pool, { noOverwrite: true });
        await expect(storagePools.build(pool, { noOverwrite: true })).rejects.toThrow(
          refusal(76, `Storage pool already built: Device '${device}' already formatted using 'ext4'`),
        );
        await storagePools.start(pool, {});
        await storageVolumes.create(pool, '<volume><name>v</name><capacity>4096</capacity></volume>');
        expect(readdirSync(bed.folder).toSorted()).toEqual(['lost+found', 'v']);
        await bed.restart();
        expect((await bed.session.storagePools.volumes(pool)).map(({ name }) => name).toSorted()).toEqual([
          'lost+found',
          'v',
        ]);
        await bed.session.storagePools.stop(pool);
        expect(existsSync(join(bed.folder, 'v'))).toBe(false);
      } finally {
        execFileSync('sh', ['-c', `umount '${bed.folder}' 2>/dev/null; losetup -d '${device}'`]);
      }
    });

    it('says why it cannot be mounted', async () => {
      await using bed = await storageBed();
      const { storagePools } = bed.session;
      const pool = await storagePools.define(
        `<pool type='fs'><name>f</name><source><device path='/dev/none'/></source><target><path>${bed.folder}</path></target></pool>`,
      );
      await storagePools.build(pool, {});
      await expect(storagePools.start(pool, {})).rejects.toThrow(
        refusal(
          1,
          new RegExp(
            `^internal error: Child process \\(/.*mount -o nodev,nosuid,noexec -t auto /dev/none ${bed.folder}\\) unexpected exit status 32: mount: `,
          ),
        ),
      );
      await expect(storagePools.build(pool, { overwrite: true })).rejects.toThrow(
        refusal(55, /Source device does not exist/),
      );
    });
  },
);
