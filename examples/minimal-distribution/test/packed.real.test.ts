import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
/** What an operator of this distribution installs, and the kit for the driver's author. */
const packages = ['xml', 'schema', 'protocol', 'core', 'host', 'client', 'daemon', 'conformance'].map((name) =>
  join('packages', name),
);
const examples = ['driver-hello', 'minimal-distribution'].map((name) => join('examples', name));

/** The conformance kit, run by a program that knows nothing of this repository. */
const kit = `
import { readFileSync } from 'node:fs';
import { createKernel, directoriesBelow, silentLogger } from '@virtkit/core';
import { createHost } from '@virtkit/host';
import { hypervisorSuite, openDirect, openOverWire } from '@virtkit/conformance';
const [contribution] = JSON.parse(readFileSync('node_modules/virtkit-driver-hello/package.json', 'utf8')).virtkit.contributes;
const plugins = [{ kind: 'distribution', directory: 'node_modules/virtkit-minimal-distribution' }];
const kernel = createKernel({ directories: directoriesBelow('state'), logger: silentLogger, host: createHost(), plugins });
const reports = [];
for (const open of [openDirect, openOverWire]) {
  const tests = [];
  const report = hypervisorSuite((_, body) => tests.push(body), () => open({ kernel, uri: 'hello:///' }), {}, { contribution });
  for (const test of tests) await test().catch(() => undefined);
  reports.push(report());
}
console.log(JSON.stringify(reports));
`;

const missing = ['npm', 'pnpm'].find((program) => spawnSync(program, ['--version']).status !== 0);

describe.skipIf(missing !== undefined)(
  `packed tarballs in an empty project (skipped without ${missing ?? 'npm'})`,
  () => {
    let project: string;
    let daemon: ChildProcess | undefined;

    beforeAll(async () => {
      project = mkdtempSync(join(tmpdir(), 'virtkit-packed-'));
      const build = [...packages, join('packages', 'native')];
      await run(join(root, 'node_modules', '.bin', 'tsc'), ['-b', ...build], { cwd: root });
      for (const folder of [...build, ...examples])
        await run('pnpm', ['pack', '--pack-destination', project], { cwd: join(root, folder) });
      const tarballs = readdirSync(project).filter((file) => file.endsWith('.tgz'));
      writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'empty', private: true, type: 'module' }));
      await run('npm', ['install', '--no-audit', '--no-fund', ...tarballs.map((file) => `./${file}`)], {
        cwd: project,
      });
    }, 300_000);

    afterAll(() => {
      daemon?.kill();
      rmSync(project, { recursive: true, force: true });
    });

    const socket = (): string => join(project, 'root/run/virtkit/libvirt-sock');

    it('holds one copy of the kernel and no driver but the one asked for', () => {
      const installed = readdirSync(join(project, 'node_modules', '@virtkit'));
      expect(installed.filter((name) => name.startsWith('driver-'))).toEqual([]);
      expect(installed).toContain('core');
      expect(existsSync(join(project, 'node_modules/virtkit-driver-hello/node_modules'))).toBe(false);
    });

    it('serves the driver through its own daemon', async () => {
      daemon = spawn(process.execPath, [join(project, 'node_modules/.bin/virtkit-minimal'), join(project, 'root')], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [line] = await Promise.race([
        new Promise<string[]>((resolve) =>
          daemon?.stdout?.once('data', (chunk: Buffer) => resolve([chunk.toString()])),
        ),
        new Promise<string[]>((resolve) => daemon?.once('exit', (code) => resolve([`ended with ${code}`]))),
      ]);
      expect(line).toBe(`ready ${socket()}\n`);
    }, 30_000);

    it('is listed by libvirt’s own client, where that is installed', async () => {
      if (spawnSync('virsh', ['--version']).status !== 0) return console.info('virsh is not installed: not compared');
      const { stdout } = await run('virsh', ['-c', `hello+unix:///?socket=${socket()}`, 'list', '--all']);
      expect(stdout).toBe(' Id   Name    State\n-----------------------\n 1    hello   running\n\n');
    });

    it('passes the conformance kit, directly and over the wire', async () => {
      writeFileSync(join(project, 'kit.js'), kit);
      const { stdout } = await run(process.execPath, ['kit.js'], { cwd: project });
      const reports = JSON.parse(stdout) as {
        passed: number;
        checks: { title: string; result: string; reason?: string }[];
      }[];
      expect(reports.flatMap(({ checks }) => checks.filter(({ result }) => result === 'fail'))).toEqual([]);
      expect(reports.map(({ passed }) => passed > 20)).toEqual([true, true]);
    }, 60_000);
  },
);
