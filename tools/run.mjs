// The first thing that runs on a bare machine: Node and npm are all it may assume.
// Finds or installs the pinned pnpm, installs the dependencies, then runs the target script of the root package.json.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const pin = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).packageManager.split('@')[1];
const quiet = {
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
  DO_NOT_TRACK: '1',
  npm_config_update_notifier: 'false',
};

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function run(program, args, env, stdio = 'inherit') {
  return spawnSync(program, args, { cwd: root, env, stdio });
}

/** The folder that has the pinned pnpm: none when the one on the PATH is it. */
function pnpmFolder(env) {
  const found = spawnSync('pnpm', ['--version'], { cwd: root, env, encoding: 'utf8' });
  if (found.status === 0 && found.stdout.trim() === pin) return undefined;
  const prefix = join(root, 'node_modules', '.virtkit-pnpm');
  const bin = join(prefix, 'node_modules', '.bin');
  if (!existsSync(join(bin, 'pnpm'))) {
    process.stderr.write(`installing pnpm ${pin}\n`);
    const args = [
      'install',
      '--prefix',
      prefix,
      '--no-save',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
      `pnpm@${pin}`,
    ];
    if (run('npm', args, env, ['inherit', 2, 'inherit']).status !== 0)
      fail(`npm could not install pnpm ${pin}: see its message above`);
  }
  return bin;
}

/** Where npm and pnpm keep what they download: at home, or in the checkout where home cannot be written. */
function homeFor() {
  const home = homedir();
  try {
    accessSync(home, constants.W_OK);
    return {};
  } catch {
    const own = join(root, 'node_modules', '.virtkit-home');
    mkdirSync(own, { recursive: true });
    return { HOME: own, npm_config_cache: join(own, '.npm'), npm_config_userconfig: join(home, '.npmrc') };
  }
}

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19))
  fail(`virtkit needs Node 20.19 or newer, this is ${process.versions.node}`);

const target = process.argv[2];
if (target === undefined) fail('usage: node tools/run.mjs SCRIPT [ARGUMENT...]');
const env = { ...process.env, ...quiet, ...homeFor() };
const folder = pnpmFolder(env);
if (folder !== undefined) env.PATH = folder + delimiter + env.PATH;

const install = run('pnpm', ['install', '--frozen-lockfile', '--reporter=silent'], { ...env, CI: 'true' });
if (install.status !== 0) {
  run('pnpm', ['install', '--frozen-lockfile'], { ...env, CI: 'true' });
  fail('pnpm could not install the dependencies: see its message above');
}
const result = run('pnpm', ['run', '--silent', target, ...process.argv.slice(3)], env);
process.exit(result.status ?? 1);
