import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { rolldown } from 'rolldown';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hostState } from './testing/host-state.js';
import { inside, runInside, unavailable } from './testing/in-namespace.js';

const why = unavailable(['unshare', 'ip', 'dnsmasq', 'nft']);
/** More of them by hand: `VIRTKIT_KILLS=200`. */
const kills = Number(process.env['VIRTKIT_KILLS'] ?? 25);

interface Listed {
  readonly networks: readonly {
    readonly ref: { readonly name: string; readonly uuid: string };
    readonly active: boolean;
  }[];
  readonly messages: readonly string[];
}
interface Told {
  readonly ready?: boolean;
  readonly doing?: string;
  readonly done?: string;
  readonly name?: string;
}

describe.skipIf(why !== undefined)(`kill -9 at any moment${why === undefined ? '' : ` (skipped: ${why})`}`, () => {
  test.skipIf(inside)('leaves nothing half done (in its own namespaces)', () => {
    const { passed, output } = runInside(import.meta.url);
    expect(passed, output).toBe(true);
  });

  describe.runIf(inside)('in its own namespaces (skipped: run by the test before, inside)', () => {
    const folder = inside ? mkdtempSync(join(tmpdir(), 'virtkit-crash-')) : ''; // this line runs outside, too
    const program = join(folder, 'program.mjs');
    const root = join(folder, 'root');
    beforeAll(() => bundle(program));
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    test('what was answered is there, what was not is whole or not at all', {
      timeout: 20_000 + kills * 5_000,
    }, async () => {
      const expected = new Map<string, 'absent' | 'defined' | 'active'>();
      for (let round = 1; round <= kills; round += 1) {
        const doing = await runUntilKilled(spawn(process.execPath, [program, root, String(round * 7919)]), expected);
        check(list(program, root), expected, doing);
        expect(leftOvers(root)).toEqual([]);
      }
    });
  });
});

async function bundle(output: string): Promise<void> {
  const build = await rolldown({
    input: fileURLToPath(new URL('testing/crash-program.ts', import.meta.url)),
    platform: 'node',
    transform: { target: 'es2022' },
    external: ['koffi'],
    resolve: {
      conditionNames: ['@virtkit/source', 'import', 'node', 'default'],
      extensionAlias: { '.js': ['.ts', '.js'] },
    },
  });
  await build.write({ file: output, format: 'esm', codeSplitting: false });
}

/** Kills the program after a while and answers what it was at; `expected` holds all that was answered. */
async function runUntilKilled(child: ChildProcess, expected: Map<string, string>): Promise<Told | undefined> {
  let doing: Told | undefined;
  const ended = new Promise((resolve) => child.once('close', resolve));
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  for await (const line of lines) {
    const told = JSON.parse(line) as Told;
    if (told.ready) void sleep(Math.random() * 400).then(() => child.kill('SIGKILL'));
    if (told.doing) doing = told;
    if (told.done && told.name) {
      expected.set(told.name, after(told.done));
      doing = undefined;
    }
  }
  await ended;
  return doing;
}

const after = (action: string): 'absent' | 'defined' | 'active' =>
  action === 'undefine' ? 'absent' : action === 'start' ? 'active' : 'defined';

function list(program: string, root: string): Listed {
  const { stdout, stderr } = spawnSync(process.execPath, [program, root], { encoding: 'utf8' });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Listed;
}

/** The daemon's list, the host and what was answered agree. */
function check(
  { networks, messages }: Listed,
  expected: Map<string, 'absent' | 'defined' | 'active'>,
  doing: Told | undefined,
): void {
  expect(messages.filter((message) => message.startsWith('error'))).toEqual([]);
  for (const name of ['red', 'green']) {
    const found = networks.find(({ ref }) => ref.name === name);
    const state = found === undefined ? 'absent' : found.active ? 'active' : 'defined';
    const answered = expected.get(name) ?? 'absent';
    const possible = doing?.name === name && doing.doing ? [answered, after(doing.doing)] : [answered];
    expect(possible, `${name} while ${JSON.stringify(doing)}`).toContain(state);
    expected.set(name, state);
  }
  const active = networks.filter((network) => network.active);
  const host = hostState();
  expect(host.servers).toEqual(active.map(({ ref }) => ref.name).sort());
  expect(host.owners).toEqual(active.map(({ ref }) => ref.uuid).sort());
  expect(host.bridges).toHaveLength(active.length);
}

/** Temporary files of interrupted writes. */
const leftOvers = (root: string): readonly string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tmp'));
