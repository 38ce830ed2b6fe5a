import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { endProcess, waitGone } from './ending.js';
import { identify, isAlive, parseProcessStat } from './identity.js';
import { spawnDetached } from './spawn-detached.js';

describe('processes', () => {
  test('a name with spaces and parentheses does not confuse the fields', () => {
    const numbers = Array.from({ length: 49 }, (_, index) => index + 4);
    const status = parseProcessStat(`12 (a) b (c) S ${numbers.join(' ')}`);
    expect(status).toMatchObject({ pid: 12, state: 'S', parent: 4, userTime: 14n, systemTime: 15n, startTime: 22n });
  });

  test('an identity does not fit another process with the same number', async () => {
    const own = await identify(process.pid);
    expect(own && (await isAlive(own))).toBe(true);
    expect(await isAlive({ pid: process.pid, startTime: (own?.startTime ?? 0n) + 1n })).toBe(false);
  });

  test('a detached program has its own session, writes to its log and can be ended', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'virtkit-process-'));
    const log = join(folder, 'log');
    const started = await spawnDetached('sh', ['-c', 'echo $$ $(cut -d" " -f6 /proc/$$/stat) $WORD; exec sleep 30'], {
      log,
      env: { WORD: 'seen' },
    });
    const { identity } = started;
    if (identity === undefined) throw new Error('it ended');
    while (readFileSync(log, 'utf8') === '') await new Promise((resolve) => setTimeout(resolve, 5));
    expect(readFileSync(log, 'utf8')).toBe(`${started.pid} ${started.pid} seen\n`);
    expect(await waitGone(identity, { timeoutMs: 20 })).toBe(false);
    await endProcess(identity);
    expect(await isAlive(identity)).toBe(false);
    expect(await started.exited).toEqual({ code: null, signal: 'SIGTERM' });
    rmSync(folder, { recursive: true });
  });

  test('a missing program is refused before anything is started', async () => {
    await expect(spawnDetached('virtkit-no-such-program', [])).rejects.toMatchObject({ code: 38 });
  });
});
