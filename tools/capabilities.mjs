// Writes docs/reference/capabilities.md: what the drivers of the default distribution offer beside what libvirt's do.
// A driver is opened in a folder of its own; esx needs a server: VIRTKIT_ESX_URI (with VIRTKIT_ESX_USER and
// VIRTKIT_ESX_PASSWORD). Nothing is written when one of them does not open.
// `--check`: says whether the columns of those that open are current, and names the others.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
if (!existsSync(join(root, 'apps/virtkitd/bundle/main.js'))) {
  process.stderr.write('this checkout is not built yet; run: npm run build\n');
  process.exit(1);
}
const load = (path) => import(join(root, path));
const { capabilityMatrix, createKernel, directoriesBelow, inProcessCall, silentLogger } =
  await load('packages/core/dist/index.js');
const { createHost } = await load('packages/host/dist/index.js');
const facts = JSON.parse(readFileSync(join(root, 'tools', 'libvirt-driver-entries.json'), 'utf8'));
const subsystemEntries = Object.values(facts.subsystems).flat();

const local = new Set(['qemu', 'lxc', 'libxl', 'ch', 'bhyve', 'vz']);
const uris = {
  qemu: 'qemu:///system',
  esx: process.env.VIRTKIT_ESX_URI,
  test: 'test:///default',
};

const folder = mkdtempSync(join(tmpdir(), 'virtkit-capabilities-'));
const kernel = createKernel({
  directories: directoriesBelow(folder),
  host: createHost(),
  logger: silentLogger,
  plugins: [{ kind: 'distribution', directory: join(root, 'apps', 'virtkitd') }],
});

function open(name, uri) {
  if (uri === undefined) throw new Error(`${name}: name its server with VIRTKIT_ESX_URI`);
  const { VIRTKIT_ESX_USER: user = '', VIRTKIT_ESX_PASSWORD: password = '' } = process.env;
  const ask = async (wanted) => wanted.map(({ type }) => (type === 'username' ? user : password));
  return kernel.open(uri, inProcessCall({ ask }));
}

const columns = [];
const sessions = [];
const unopened = [];
for (const [name, entries] of Object.entries(facts.drivers)) {
  const libvirt = local.has(name) ? [...entries, ...subsystemEntries] : entries;
  const column = { name, libvirt, local: local.has(name) };
  columns.push(column);
  if (!(name in uris)) continue;
  try {
    const session = await open(name, uris[name]);
    sessions.push(session);
    column.connection = session.connection;
  } catch (error) {
    unopened.push(name);
    process.stdout.write(`${name} does not open, so its column is not looked at: ${error.message}\n`);
  }
}
const page = capabilityMatrix(columns);
for (const session of sessions) await session.close();
await kernel.close();
rmSync(folder, { recursive: true, force: true });

/** The rows of the page without the columns of drivers that did not open. */
function rowsOf(text) {
  const hidden = unopened.map((name) => columns.findIndex((column) => column.name === name) + 2);
  const cells = text.split('\n').map((line) => line.split('|').filter((_, at) => !hidden.includes(at)));
  return JSON.stringify(cells);
}

function fail(message) {
  process.stderr.write(`docs/reference/capabilities.md ${message}\n`);
  process.exitCode = 1;
}

const file = join(root, 'docs', 'reference', 'capabilities.md');
if (process.argv.includes('--check')) {
  if (rowsOf(readFileSync(file, 'utf8')) !== rowsOf(page))
    fail('is not what the drivers say: run tools/capabilities.mjs');
} else if (unopened.length === 0) writeFileSync(file, page);
else fail('is left as it is: every driver of ours has to open');
