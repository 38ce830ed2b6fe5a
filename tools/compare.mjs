// `node tools/compare.mjs [GROUP]…`: the same virsh commands against this checkout's daemon and the installed libvirtd.
// Prints what differs in standard output, standard error or exit code; exit 0 when nothing does.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { buildGuest } from '../examples/demo-guest/build.mjs';
import { libvirtdVersion } from './bench/peers.mjs';
import { normal } from './compare/normal.mjs';
import { documents, steps } from './compare/steps.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'vc-'));
chmodSync(work, 0o755);
const texts = mkdtempSync(join(tmpdir(), 'vct-'));
const guest = join(tmpdir(), 'virtkit-compare-guest');

function writeDocuments(dir) {
  mkdirSync(join(dir, 'pool'), { recursive: true });
  for (const [name, text] of Object.entries(documents))
    writeFileSync(join(dir, name), text.replaceAll('@D@', dir).replaceAll('@GUEST@', guest));
  writeFileSync(join(dir, 'vol2.xml'), '<volume><name>from.img</name><capacity>4194304</capacity></volume>');
  writeFileSync(join(dir, 'upload'), 'x'.repeat(65536));
  for (const [name, size] of [
    ['disk2.img', 1 << 20],
    ['cd.iso', 1 << 20],
  ]) {
    writeFileSync(join(dir, name), '');
    truncateSync(join(dir, name), size);
  }
  spawnSync('qemu-img', ['create', '-q', '-f', 'qcow2', join(dir, 'disk.qcow2'), '64M']);
  spawnSync('chmod', ['-R', 'a+rwX', dir]);
}

async function start(script, dir, socket) {
  mkdirSync(dir, { recursive: true });
  const child = spawn(script, [dir], { stdio: ['pipe', 'ignore', 'ignore'] });
  for (let tries = 0; tries < 300 && !existsSync(socket); tries += 1) await sleep(100);
  if (!existsSync(socket)) throw new Error(`${script} made no ${socket}`);
  return () => new Promise((resolve) => child.once('exit', resolve) && child.stdin.end());
}

function virsh(socket, line, dir) {
  const words = line
    .split(' ')
    .map((word) => word.replaceAll('@D@', dir).replaceAll('_', word.startsWith('<') ? ' ' : '_'));
  const result = spawnSync('virsh', ['-c', `qemu+unix:///system?socket=${socket}`, ...words], {
    encoding: 'utf8',
    timeout: 60_000,
    env: { ...process.env, LC_ALL: 'C' },
  });
  return { out: result.stdout, err: result.stderr, code: result.status };
}

const kept = new Set(
  Object.values(documents).flatMap((text) => text.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? []),
);

function difference(name, ours, theirs) {
  if (ours === theirs) return '';
  writeFileSync(join(texts, 'theirs'), theirs);
  writeFileSync(join(texts, 'ours'), ours);
  const { stdout } = spawnSync('diff', ['-U1', join(texts, 'theirs'), join(texts, 'ours')], { encoding: 'utf8' });
  return `  ${name}:\n${stdout
    .split('\n')
    .slice(2)
    .map((line) => `    ${line}`)
    .join('\n')}\n`;
}

/** Each daemon works on documents of its own, so that files one of them makes do not confuse the other. */
function run(sides, line) {
  const [ours, theirs] = sides.map(({ socket, dir, root }) => {
    const said = virsh(socket, line, dir);
    const folders = [
      [dir, 'DOCS'],
      [root, ''],
      ['/var/lib/virtkit', '/var/lib/libvirt'],
      ['/run/virtkit', '/run/libvirt'],
      [socket, 'SOCKET'],
    ];
    return { out: normal(said.out, folders, kept), err: normal(said.err, folders, kept), code: String(said.code) };
  });
  return (
    difference('exit code', `${ours.code}\n`, `${theirs.code}\n`) +
    difference('standard output', ours.out, theirs.out) +
    difference('standard error', ours.err, theirs.err)
  );
}

buildGuest(guest, { agent: true });
const sides = ['ours', 'theirs'].map((name) => ({ name, dir: join(work, `docs-${name[0]}`), root: join(work, name) }));
for (const side of sides) writeDocuments(side.dir);
sides[0].socket = join(sides[0].root, 'run/virtkit/libvirt-sock');
sides[1].socket = join(sides[1].root, 'run/libvirt-sock');
// A copy, so that a build meanwhile does not take the plugins away that the daemon loads when it needs them.
process.env.VIRTKIT_BUNDLE = join(work, 'bundle');
cpSync(join(here, '../apps/virtkitd/bundle'), process.env.VIRTKIT_BUNDLE, { recursive: true });
const stops = [
  await start(join(here, 'compare/virtkitd.sh'), sides[0].root, sides[0].socket),
  await start(join(here, 'bench/libvirtd.sh'), sides[1].root, sides[1].socket),
];

const groups = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(steps);
let differ = 0;
let asked = 0;
for (const group of groups)
  for (const line of steps[group]) {
    asked += 1;
    const text = run(sides, line);
    if (text === '') continue;
    differ += 1;
    process.stdout.write(`virsh ${line}\n${text}`);
  }
process.stdout.write(`${asked} commands, ${differ} differ from ${libvirtdVersion()}\n`);
for (const stop of stops) await stop();
for (const folder of [work, texts]) rmSync(folder, { recursive: true, force: true });
process.exit(differ === 0 ? 0 : 1);
