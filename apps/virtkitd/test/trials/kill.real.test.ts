import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { Connection } from '@virtkit/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DaemonProcess, groupsOf } from '../daemon-process.js';
import { clear, guestXml, type Operation, operations, type Round } from './operations.js';
import { leftovers, makeImages, makeNamespace, reason, skipped } from './surroundings.js';

/** Kills in all, spread over the operations; a full run sets 200. */
const KILLS = Number(process.env.VIRTKIT_KILLS ?? operations.length * 2);

/** Far finer than timers: from ten microseconds to a tenth of a second, every order of magnitude as often. */
async function moment(ms: number): Promise<void> {
  const end = performance.now() + ms;
  while (performance.now() < end) await turn();
}

describe.skipIf(reason !== undefined)(`kill -9 of the daemon${skipped}`, () => {
  const namespace = `vkkill${process.pid}`;
  const root = reason === undefined ? mkdtempSync('/tmp/vkkill-') : ''; // this line runs also where the tests do not
  const images = join(root, 'images');
  const place = { root, namespace };
  let daemon: DaemonProcess;
  let connection: Connection;
  let survivor: { readonly pid: number; readonly id: number };
  const counts = { answered: 0, unanswered: 0, done: 0 };

  const survivorPid = (): number => Number(readFileSync(join(root, 'run/virtkit/qemu/survivor.pid'), 'utf8'));

  beforeAll(async () => {
    makeNamespace(namespace);
    execFileSync('chmod', ['755', root]);
    mkdirSync(images);
    daemon = await DaemonProcess.start(place);
    connection = await daemon.open();
    await makeImages(connection, images);
    const guest = await (await connection.domains.define(guestXml('survivor'))).start();
    survivor = { pid: survivorPid(), id: guest.id ?? -1 };
  });

  afterAll(async () => {
    const guest = await connection.domains.lookupByName('survivor').catch(() => undefined);
    await guest?.destroy().catch(() => undefined);
    await connection.close();
    await daemon.stop();
    spawnSync('ip', ['netns', 'delete', namespace]);
    rmSync(root, { recursive: true, force: true });
    process.stdout.write(`kills: ${JSON.stringify(counts)}\n`);
  });

  /** Asks, kills after a random time, starts again. @returns whether the call was answered before */
  async function interrupted(operation: Operation, round: Round): Promise<boolean> {
    let answered = false;
    const call = operation.act(connection, round).then(
      () => {
        answered = true;
      },
      () => undefined,
    );
    await moment(10 ** (Math.random() * 4 - 2));
    await daemon.kill();
    const before = answered;
    await call;
    daemon = await DaemonProcess.start(place);
    connection = await daemon.open();
    return before;
  }

  const each = Math.max(1, Math.round(KILLS / operations.length));
  it.each(operations)(`leaves $name whole or undone (${each} kills)`, { timeout: each * 30_000 }, async (operation) => {
    for (let at = 0; at < each; at += 1) {
      const round: Round = { name: `k${process.pid}-${operation.name}-${String(at).padStart(3, '0')}`, images };
      writeFileSync(join(images, `${round.name}.raw`), Buffer.alloc(1 << 16));
      await operation.prepare(connection, round);
      const answered = await interrupted(operation, round);
      const state = await operation.state(connection, round);
      expect(
        answered ? [state] : ['before', 'after'],
        `${operation.name}, ${answered ? 'answered' : 'not answered'}`,
      ).toContain(answered ? 'after' : state);
      expect(await leftovers(connection, place, round.name)).toEqual([]);
      counts[answered ? 'answered' : 'unanswered'] += 1;
      if (!answered && state === 'after') counts.done += 1;
      expect(process.kill(survivor.pid, 0), 'the guest is alive').toBe(true);
      expect(survivorPid()).toBe(survivor.pid);
      expect((await connection.domains.lookupByName('survivor')).id).toBe(survivor.id);
      await clear(connection, round);
      expect(groupsOf(round.name)).toEqual([]);
    }
  });
});
