// Every check and every test, from a fresh clone: what `npm test` and CI run.
// Prints one line per step; the output of a step only when it failed. Ends with `N passed, N failed, N skipped`.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { command, ensure } from './apt.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = (name) => join(root, 'node_modules', '.bin', name);
const output = join(root, 'node_modules', '.virtkit-check');
mkdirSync(output, { recursive: true });

/** Programs the tests with real components use, and Debian's packages for them. */
const programs = {
  'qemu-system-x86_64': 'qemu-system-x86',
  'qemu-img': 'qemu-utils',
  dnsmasq: 'dnsmasq-base',
  nft: 'nftables',
  ip: 'iproute2',
  virsh: 'libvirt-clients',
  swtpm: 'swtpm',
  busybox: 'busybox',
};

const total = { passed: 0, failed: 0, skipped: 0 };

function report(name, ok, started, text = '') {
  total[ok ? 'passed' : 'failed'] += 1;
  process.stdout.write(`${ok ? 'ok  ' : 'FAIL'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
  if (!ok) process.stdout.write(`${text}\n`);
  return ok;
}

function step(name, program, args, options = {}) {
  const started = Date.now();
  const result = spawnSync(program, args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28, ...options });
  return report(name, result.status === 0, started, `${result.stdout ?? ''}${result.stderr ?? result.error}`);
}

/** dependency-cruiser reports success when it reads nothing: the number of modules is checked too. */
function layers() {
  const started = Date.now();
  const args = ['--config', 'depcruise.cjs', '--output-type', 'json', 'packages', 'apps'];
  const result = spawnSync(bin('depcruise'), args, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  const summary = result.stdout.startsWith('{') ? JSON.parse(result.stdout).summary : undefined;
  const words = (summary?.violations ?? []).map((v) => `${v.rule.name}: ${v.from} -> ${v.to}`);
  const ok = summary !== undefined && summary.error === 0 && summary.totalCruised > 100;
  report(
    `layers (${summary?.totalCruised ?? 0} modules)`,
    ok,
    started,
    words.join('\n') || result.stderr || 'too few modules read',
  );
}

const packageFolders = () =>
  readdirSync(join(root, 'packages'))
    .map((name) => join(root, 'packages', name))
    .filter((folder) => existsSync(join(folder, 'package.json')));

/** publint and arethetypeswrong over what would be published. */
function packages() {
  for (const folder of packageFolders()) {
    const name = folder.split('/').at(-1);
    step(`publint ${name}`, bin('publint'), ['--pack', 'pnpm', '--strict', folder]);
    const tarball = spawnSync('pnpm', ['pack', '--pack-destination', output], { cwd: folder, encoding: 'utf8' });
    const file = tarball.stdout.trim().split('\n').at(-1);
    step(`types of ${name}`, bin('attw'), ['--profile', 'esm-only', '--format', 'ascii', '--no-emoji', file]);
  }
}

/** One line for each reason why tests of a file did not run: it stands in their titles. */
function skips(seen) {
  for (const { name, assertionResults } of seen.testResults) {
    const reasons = assertionResults
      .filter(({ status }) => status !== 'passed' && status !== 'failed')
      .map(({ fullName }) => /\(skipped:? (.*?\)?)\)(?=\s|$)/.exec(fullName)?.[1] ?? fullName);
    for (const reason of new Set(reasons)) {
      const count = reasons.filter((other) => other === reason).length;
      process.stdout.write(`skipped ${count} of ${relative(root, name)}: ${reason}\n`);
    }
  }
}

function tests(project) {
  const started = Date.now();
  const file = join(output, `${project}.json`);
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const result = spawnSync(bin('vitest'), args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  const seen = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  total.passed += seen?.numPassedTests ?? 0;
  total.failed += seen?.numFailedTests ?? 0;
  total.skipped += seen?.numPendingTests ?? 0;
  if (seen !== undefined) skips(seen);
  report(`${project} tests`, result.status === 0 && (seen?.numPassedTests ?? 0) > 0, started, 'see above');
}

const missing = ensure(programs);
if (missing.length > 0) {
  const names = [...new Set(missing.map((program) => programs[program]))];
  process.stdout.write(`tests that need ${missing.join(', ')} are skipped; to have them run: ${command(names)}\n`);
}
step('types', bin('tsc'), ['-p', 'tsconfig.check.json']);
step('lint', bin('oxlint'), ['--quiet', '.']);
step('format', bin('biome'), ['format', '.']);
layers();
step('build', 'pnpm', ['run', '--silent', 'build:all']);
step('reference of the commands', process.execPath, ['tools/reference.mjs', '--check']);
step('reference of the drivers', process.execPath, ['tools/capabilities.mjs', '--check'], {
  stdio: ['ignore', 'inherit', 'pipe'], // Says which drivers it could not look at.
});
packages();
tests('unit');
tests('real');
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
process.exit(total.failed === 0 ? 0 : 1);
