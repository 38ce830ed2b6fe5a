// `npm run bench [rpc|lifecycle|xml|scale|streams]…`: this checkout's daemon against a real libvirtd, started in the same
// call.
// Results as JSON on standard output; each figure is the median of alternating runs, `ratio` is ours to theirs.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { command, ensure } from './apt.mjs';
import { libvirtdVersion, stopPeers } from './bench/peers.mjs';

const benches = ['rpc', 'lifecycle', 'xml', 'scale', 'streams'];
const programs = {
  libvirtd: 'libvirt-daemon-system',
  virsh: 'libvirt-clients',
  'qemu-system-x86_64': 'qemu-system-x86',
  'qemu-img': 'qemu-utils',
  dnsmasq: 'dnsmasq-base',
};
/** A benchmark that takes longer is ended. */
const MINUTES = 20;

function fail(text, code) {
  process.stderr.write(`${text}\n`);
  process.exit(code);
}

const names = process.argv.slice(2);
const unknown = names.find((name) => !benches.includes(name));
if (unknown !== undefined) fail(`usage: npm run bench [${benches.join('|')}]`, 2);
if (process.getuid() !== 0) fail('the benchmarks start a private libvirtd, which needs root', 1);
const missing = ensure(programs);
if (missing.length > 0)
  fail(`the benchmarks need ${missing.join(', ')}; run: ${command(missing.map((name) => programs[name]))}`, 1);

/** With `VIRTKIT_BENCH_DAEMON`, the `main.js` of a bundle, that one is measured and nothing is built. */
function build() {
  const checkout = dirname(dirname(fileURLToPath(import.meta.url)));
  const { status, stdout, stderr } = spawnSync('pnpm', ['run', '--silent', 'build:all'], {
    cwd: checkout,
    encoding: 'utf8',
  });
  if (status !== 0) fail(`${stdout ?? 'pnpm cannot be run'}${stderr ?? ''}`, 1);
}
if (process.env.VIRTKIT_BENCH_DAEMON === undefined) build();

let dir;
function clean() {
  if (dir === undefined) return;
  stopPeers(dir);
  rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.once(signal, () => {
    clean();
    fail(`ended by ${signal}`, 1);
  });

/** One benchmark in a folder of its own. */
async function measured(name, rounds) {
  dir = mkdtempSync(join(tmpdir(), 'vb-'));
  chmodSync(dir, 0o755); // QEMU runs as a user of its own
  const limit = setTimeout(() => {
    clean();
    fail(`${name} took more than ${MINUTES} minutes`, 1);
  }, MINUTES * 60_000);
  try {
    const bench = await import(`./bench/${name}.mjs`); // only now: it uses the client that was just built
    return await bench[name](dir, rounds);
  } finally {
    clearTimeout(limit);
    clean();
  }
}

const rounds = Math.max(5, Number(process.env.VIRTKIT_BENCH_ROUNDS ?? 5));
const results = {};
for (const name of names.length > 0 ? names : benches) results[name] = await measured(name, rounds);
process.stdout.write(
  `${JSON.stringify({ libvirtd: libvirtdVersion(), node: process.version, rounds, results }, null, 2)}\n`,
);
process.exit(0);
