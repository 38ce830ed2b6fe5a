import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from '@virtkit/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DaemonProcess } from '../daemon-process.js';
import { clear, operations, type Round } from './operations.js';
import { leftovers, makeImages, makeNamespace, reason, skipped } from './surroundings.js';

const untilFull = (write: () => void): void => {
  for (;;) {
    try {
      write();
    } catch {
      return;
    }
  }
};
/** How a disk gets full: of bytes, down to the last, or of files. */
const fillers = {
  bytes: (folder: string) => {
    for (const size of [65_536, 1]) untilFull(() => appendFileSync(join(folder, 'bytes'), Buffer.alloc(size)));
  },
  files: (folder: string) => {
    let at = 0;
    untilFull(() => writeFileSync(join(folder, `file${(at += 1)}`), ''));
  },
} as const;

describe.skipIf(reason !== undefined)(`a disk that is full${skipped}`, () => {
  const namespace = `vkfull${process.pid}`;
  const root = reason === undefined ? mkdtempSync('/tmp/vkfull-') : '';
  const images = join(root, 'images');
  const filler = join(root, 'filler');
  let daemon: DaemonProcess;
  let connection: Connection;
  const answers = { after: 0, before: 0 };

  beforeAll(async () => {
    makeNamespace(namespace);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m,nr_inodes=300,mode=755', 'tmpfs', root]);
    mkdirSync(images);
    daemon = await DaemonProcess.start({ root, namespace });
    connection = await daemon.open();
    await makeImages(connection, images);
  });
  afterAll(async () => {
    await connection.close();
    await daemon.stop();
    spawnSync('umount', ['--lazy', root]);
    spawnSync('ip', ['netns', 'delete', namespace]);
    rmSync(root, { recursive: true, force: true });
    process.stdout.write(`on a full disk: ${answers.after} done, ${answers.before} refused\n`);
  });

  async function withFullDisk(full: keyof typeof fillers, act: () => Promise<unknown>): Promise<'after' | 'before'> {
    mkdirSync(filler);
    fillers[full](filler);
    try {
      await act();
      return 'after';
    } catch {
      return 'before';
    } finally {
      rmSync(filler, { recursive: true });
    }
  }

  const trials = operations.flatMap((operation) => [
    { full: 'bytes' as const, name: operation.name, operation },
    { full: 'files' as const, name: operation.name, operation },
  ]);
  it.each(trials)('of $full leaves $name done or refused, also after a restart', { timeout: 60_000 }, async (trial) => {
    const { full, operation } = trial;
    const round: Round = { name: `f${process.pid}-${operation.name}-${full}`, images };
    writeFileSync(join(images, `${round.name}.raw`), '');
    await operation.prepare(connection, round);
    const answer = await withFullDisk(full, () => operation.act(connection, round));
    answers[answer] += 1;
    const where = [root, images].map((folder) => readdirSync(folder).join(' ')).join('; ');
    expect(await operation.state(connection, round), `answered at once; ${where}`).toBe(answer);
    expect(await leftovers(connection, { root, namespace }, round.name)).toEqual([]);
    await daemon.kill();
    daemon = await DaemonProcess.start({ root, namespace });
    connection = await daemon.open();
    expect(await operation.state(connection, round), 'after a restart').toBe(answer);
    expect(await leftovers(connection, { root, namespace }, round.name)).toEqual([]);
    await clear(connection, round);
    rmSync(join(images, `${round.name}.raw`));
  });
});
