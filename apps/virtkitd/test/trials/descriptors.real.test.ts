import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import type { Connection } from '@virtkit/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DaemonProcess, halfWritten, processesBelow } from '../daemon-process.js';
import { guestXml } from './operations.js';
import { reason, skipped } from './surroundings.js';

const plenty = 1024;

describe.skipIf(reason !== undefined)(`a daemon that runs out of descriptors${skipped}`, () => {
  const root = reason === undefined ? mkdtempSync('/tmp/vkfew-') : '';
  let daemon: DaemonProcess;
  let connection: Connection;

  beforeAll(async () => {
    chmodSync(root, 0o755);
    daemon = await DaemonProcess.start({ root });
    connection = await daemon.open();
    const probed = await (await connection.domains.define(guestXml('few'))).start();
    await probed.destroy();
  });
  afterAll(async () => {
    await connection.close();
    await daemon.stop();
    rmSync(root, { recursive: true, force: true });
  });

  const limit = (files: number): void => void execFileSync('prlimit', ['--pid', `${daemon.pid}`, `--nofile=${files}:`]);
  /** Limits count numbers, and numbers may be free below the highest one. */
  const leave = (count: number): void => limit(readdirSync(`/proc/${daemon.pid}/fd`).length + count);

  it.each([8, 6, 4, 2, 1, 0])('starts a guest or says why not with %d left, and serves old clients', async (count) => {
    const guest = await connection.domains.lookupByName('few');
    leave(count);
    const answer = await guest.start().then(() => 'started', String);
    expect(answer).toMatch(/started|Too many open files/);
    expect((await connection.domains.list()).map(({ name }) => name)).toEqual(['few']);
    limit(plenty);
    const running = (await connection.domains.lookupByName('few')).id !== undefined;
    expect(running).toBe(answer === 'started');
    if (running) await guest.destroy();
    expect(processesBelow(root)).toEqual([]);
    expect(halfWritten(root)).toEqual([]);
    await (await guest.start()).destroy();
  });
});
