// `node tools/compare.mjs [--virsh PROGRAM] [--libvirtd COMMAND] [--virtkitd COMMAND] [GROUP]…`: the same virsh commands
// against this checkout's daemon and the installed libvirtd. Prints what differs in standard output, standard error or exit
// code; exit 0 when nothing does. A COMMAND gets a folder and starts a daemon in it, as tools/bench/libvirtd.sh does.
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildGuest } from '../examples/demo-guest/build.mjs';
import { client } from './compare/client.mjs';
import { documents } from './compare/documents.mjs';
import { normal } from './compare/normal.mjs';
import { startSide, writeDocuments } from './compare/sides.mjs';
import { steps } from './compare/steps.mjs';

function fail(text, code) {
  process.stderr.write(`${text}\n`);
  process.exit(code);
}
if (process.getuid() !== 0) fail('the comparison starts a private libvirtd, which needs root', 1);
const here = dirname(fileURLToPath(import.meta.url));
const ours = join(here, 'compare/virtkitd.sh');
const { values: chosen, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    virsh: { type: 'string', default: 'virsh' },
    libvirtd: { type: 'string', default: join(here, 'bench/libvirtd.sh') },
    virtkitd: { type: 'string', default: ours },
  },
});
if (chosen.virtkitd === ours && !existsSync(join(here, '../apps/virtkitd/bundle/main.js')))
  fail('this checkout is not built yet; run: npm run build', 1);
const groups = positionals.length > 0 ? positionals : Object.keys(steps);
const unknown = groups.find((group) => !(group in steps));
if (unknown !== undefined) fail(`no group ${unknown}; there are ${Object.keys(steps).join(', ')}`, 2);

const work = mkdtempSync(join(tmpdir(), 'vc-'));
chmodSync(work, 0o755);
const guest = join(tmpdir(), 'virtkit-compare-guest');
buildGuest(guest, { agent: true });

const sides = [
  { name: 'ours', command: chosen.virtkitd, path: 'run/virtkit/libvirt-sock' },
  { name: 'theirs', command: chosen.libvirtd, path: 'run/libvirt-sock' },
].map(({ name, command, path }) => {
  const [root, dir] = [join(work, name), join(work, `docs-${name[0]}`)];
  return { root, dir, command, socket: join(root, path) };
});
for (const { dir } of sides) writeDocuments(dir, guest);

const kept = new Set(
  Object.values(documents).flatMap((text) => [
    ...(text.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g) ?? []),
    ...(text.match(/52:54(:[0-9a-f]{2}){4}/g) ?? []),
  ]),
);

function difference(name, ours, theirs) {
  if (ours === theirs) return '';
  writeFileSync(join(work, 'theirs.txt'), theirs);
  writeFileSync(join(work, 'ours.txt'), ours);
  const files = [join(work, 'theirs.txt'), join(work, 'ours.txt')];
  const lines = spawnSync('diff', ['-U1', ...files], { encoding: 'utf8' })
    .stdout.split('\n')
    .slice(2);
  return `  ${name}:\n${lines.map((line) => `    ${line}`).join('\n')}\n`;
}

function inCommon({ dir, root, socket }, { out, err, code }) {
  const folders = [
    [socket, 'SOCKET'],
    [dir, 'DOCS'],
    [root, ''],
    ['/var/lib/virtkit', '/var/lib/libvirt'],
    ['/run/virtkit', '/run/libvirt'],
  ];
  return { out: normal(out, folders, kept), err: normal(err, folders, kept), code: `${code}\n` };
}

async function compare(clients, step) {
  const answers = await Promise.all(clients.map((one) => one.ask(step)));
  const [ours, theirs] = answers.map((answer, at) => inCommon(sides[at], answer));
  return (
    difference('exit code', ours.code, theirs.code) +
    difference('standard output', ours.out, theirs.out) +
    difference('standard error', ours.err, theirs.err)
  );
}

const stops = [];
for (const side of sides) stops.push(await startSide(side));
const clients = sides.map((side) => client({ ...side, program: chosen.virsh }));
let [asked, differ] = [0, 0];
for (const given of groups.flatMap((group) => steps[group])) {
  const step = typeof given === 'string' ? { line: given } : given;
  if (step.line === undefined) {
    await Promise.all(clients.map((one) => one.waitFor(step)));
    continue;
  }
  asked += 1;
  const text = await compare(clients, step);
  if (text === '') continue;
  differ += 1;
  process.stdout.write(`virsh ${step.readOnly ? '-r ' : ''}${step.line}\n${text}`);
}
process.stdout.write(`${asked} commands, ${differ} differ\n`);
for (const stop of stops) await stop();
rmSync(work, { recursive: true, force: true });
process.exit(differ === 0 ? 0 : 1);
