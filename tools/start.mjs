// `npm start`: builds, starts a private daemon below .virtkit/, boots the demo guest and shows its console until it is up.
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildGuest } from '../examples/demo-guest/build.mjs';
import { command, ensure } from './apt.mjs';
import { bin, checkout, guestFolder, root, startDaemon, stopDaemon, virtkit } from './demo.mjs';

const programs = { 'qemu-system-x86_64': 'qemu-system-x86', 'qemu-img': 'qemu-utils' };
const BOOT_SECONDS = 240;

function say(text) {
  process.stdout.write(`${text}\n`);
}

function fail(text) {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}

function expect(result, what) {
  if (result.status !== 0) fail(`${what}:\n${result.stdout}${result.stderr}`);
  return result.stdout;
}

function kvmUsable() {
  try {
    accessSync('/dev/kvm', constants.R_OK | constants.W_OK);
    return process.getuid() !== 0; // as root the guest runs as another user, who may not have it
  } catch {
    return false;
  }
}

function definition(folder) {
  const word = process.env.VIRTKIT_DEMO_WORD ?? 'hello';
  if (!/^[\w.:-]+$/.test(word)) fail('VIRTKIT_DEMO_WORD may have letters, digits and . _ : - only');
  const path = folder.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const values = { '@FOLDER@': path, '@WORD@': word, '@TYPE@': kvmUsable() ? 'kvm' : 'qemu' };
  const template = readFileSync(join(checkout, 'examples/demo-guest/domain.xml'), 'utf8');
  return Object.entries(values).reduce((text, [key, value]) => text.replaceAll(key, () => value), template);
}

/** Shows the console from the first byte on; resolves when the guest says that it is up. */
function watchConsole() {
  return new Promise((resolve, reject) => {
    const child = spawn(bin('virtkit'), ['--root', root, 'console', 'demo', '--resume'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const timer = setTimeout(
      () => finish(new Error(`the guest was not up within ${BOOT_SECONDS} s`)),
      BOOT_SECONDS * 1000,
    );
    let seen = '';
    const finish = (error) => {
      clearTimeout(timer);
      child.removeAllListeners('exit');
      child.kill();
      if (error) reject(error);
      else resolve();
    };
    child.stdout.setEncoding('utf8').on('data', (text) => {
      process.stdout.write(text);
      seen += text;
      if (/virtkit demo guest is up[^\n]*\n/.test(seen)) finish();
    });
    child.once('exit', (code) => finish(new Error(`the console ended with ${code}`)));
  });
}

const missing = ensure(programs);
if (missing.length > 0)
  fail(`QEMU is not installed; run: sudo ${command([...new Set(missing.map((name) => programs[name]))])}`);

say('building');
const build = spawnSync('pnpm', ['run', '--silent', 'build:all'], { cwd: checkout, encoding: 'utf8' });
expect(build, 'the build failed');

const folder = guestFolder();
say(`making the demo guest in ${folder}`);
buildGuest(folder);

await stopDaemon();
const socket = await startDaemon();
say(`virtkitd listens on ${socket}`);

virtkit('destroy', 'demo');
virtkit('undefine', 'demo');
const file = join(root, 'demo.xml');
writeFileSync(file, definition(folder));
process.stdout.write(expect(virtkit('define', file), 'cannot define the demo guest'));
process.stdout.write(expect(virtkit('start', 'demo', '--paused'), 'cannot start the demo guest'));
try {
  await watchConsole();
} catch (error) {
  fail(`${error.message}\n${virtkit('list', '--all').stdout}`);
}
say('');
process.stdout.write(expect(virtkit('list', '--all'), 'cannot list'));
const scheme = process.getuid() === 0 ? 'system' : 'session';
say('The guest runs on. Next:');
say('  node_modules/.bin/virtkit --root .virtkit console demo     (leave with Ctrl + ])');
say('  node_modules/.bin/virtkit --root .virtkit dumpxml demo');
say(`  virsh -c 'qemu+unix:///${scheme}?socket=${socket}' list`);
say('  npm stop');
process.exit(0);
