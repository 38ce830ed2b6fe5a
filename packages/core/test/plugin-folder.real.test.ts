import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Commands } from '../src/contract/services.js';
import { PluginFolder } from '../src/kernel.js';
import { refusingHost } from '../src/testing.js';

const run = promisify(execFile);
const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
const missing = ['npm', 'pnpm'].find((program) => spawnSync(program, ['--version']).status !== 0);

/** A program of its own, which loads built packages as an operator's daemon does. */
const program = `
import { createKernel, directoriesBelow, inProcessCall, silentLogger } from ${JSON.stringify(pathToFileURL(join(root, 'packages/core/dist/index.js')).href)};
const [directory] = process.argv.slice(1);
const kernel = createKernel({
  directories: directoriesBelow(directory),
  logger: silentLogger,
  host: { commands: {}, files: {}, user: { uid: 0, gid: 0, privileged: true } },
  plugins: [{ kind: 'folder', directory }],
});
console.log(kernel.pluginReport().map(({ state }) => state).join());
const session = await kernel.open('test:///default', inProcessCall());
console.log((await session.domains.list()).map(({ ref }) => ref.name).join());
`;

const commands: Commands = {
  ...refusingHost.commands,
  expect: async (program, args, { cwd } = {}) => (await run(program, [...args], { cwd })).stdout,
};

describe.skipIf(missing !== undefined)(`adding a plugin with npm (skipped without ${missing ?? 'npm'})`, () => {
  let work: string;
  let folder: PluginFolder;
  const directory = (): string => join(work, 'plugins');

  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), 'virtkit-add-'));
    await run(join(root, 'node_modules', '.bin', 'tsc'), ['-b', 'packages/driver-test'], { cwd: root });
    await run('pnpm', ['pack', '--pack-destination', work], { cwd: join(root, 'packages', 'driver-test') });
    folder = new PluginFolder({ directory: directory(), commands });
  }, 120_000);
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  it('installs it without a second kernel, and the driver opens', async () => {
    const tarball = readdirSync(work).find((file) => file.endsWith('.tgz')) ?? '';
    expect(await folder.add(relative(process.cwd(), join(work, tarball)))).toEqual(['@virtkit/driver-test']);
    expect(realpathSync(join(directory(), 'node_modules/@virtkit/core'))).toBe(join(root, 'packages/core'));
    expect(folder.manifest('@virtkit/driver-test')?.contributes).toMatchObject([{ kind: 'hypervisor', name: 'test' }]);
    expect(folder.doctor()).toEqual([{ package: '@virtkit/driver-test', version: '1.0.0', problems: [] }]);
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program, directory()], { env: {} });
    expect(stdout).toBe('available\ntest\n');
  }, 120_000);

  it('takes it away again', async () => {
    await folder.remove('@virtkit/driver-test');
    expect(folder.installed()).toEqual([]);
    expect(readdirSync(join(directory(), 'node_modules/@virtkit'))).not.toContain('driver-test');
  }, 120_000);
});
