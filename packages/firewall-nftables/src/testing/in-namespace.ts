import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Set in the process that runs in its own namespaces. */
export const inside = process.env['VIRTKIT_TEST_NAMESPACE'] === '1';

const repository = fileURLToPath(new URL('../../../..', import.meta.url));
const vitest = `${repository}/node_modules/vitest/vitest.mjs`;

// Own network, mounts and processes; /sys and /run of the machine are not seen, and nothing outlives it.
const enter = `mount -t sysfs sysfs /sys; mount -t tmpfs -o mode=755 tmpfs /run
mkdir /run/lock /run/netns; ip link set lo up; exec "$@"`;

/** Why tests of real networks cannot run here; undefined when they can. */
export function unavailable(programs: readonly string[]): string | undefined {
  if (process.platform !== 'linux') return 'this is not Linux';
  if (process.getuid?.() !== 0) return 'root is needed for network namespaces';
  const missing = programs.filter(
    (name) => spawnSync('sh', ['-c', `PATH=$PATH:/usr/sbin:/sbin command -v ${name}`]).status !== 0,
  );
  if (missing.length > 0) return `not installed: ${missing.join(', ')}`;
  const probe = spawnSync('unshare', ['--net', '--mount', 'true']);
  return probe.status === 0 && existsSync(vitest) ? undefined : 'namespaces cannot be made here';
}

/** Runs a test file again in namespaces of its own; the output where it fails. */
export function runInside(file: string): { readonly passed: boolean; readonly output: string } {
  const namespaces = [
    '--net',
    '--mount',
    '--pid',
    '--fork',
    '--kill-child',
    '--mount-proc',
    '--propagation',
    'private',
  ];
  const command = [process.execPath, vitest, 'run', '--project', 'real', fileURLToPath(file)];
  const { status, stdout, stderr } = spawnSync('unshare', [...namespaces, 'sh', '-c', enter, 'sh', ...command], {
    cwd: repository,
    encoding: 'utf8',
    env: { ...process.env, VIRTKIT_TEST_NAMESPACE: '1', PATH: `${process.env['PATH']}:/usr/sbin:/sbin` },
  });
  return { passed: status === 0, output: `${stdout}${stderr}` };
}
