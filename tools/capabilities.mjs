// Writes docs/reference/capabilities.md: what the drivers of the default distribution offer beside what libvirt's do.
// A driver is opened in a folder of its own; esx needs a server: VIRTKIT_ESX_URI (with VIRTKIT_ESX_USER and
// VIRTKIT_ESX_PASSWORD), and is left out of ours without one. Run `pnpm compile` first.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const load = (path) => import(join(root, path));
const { capabilityMatrix, createKernel, directoriesBelow, inProcessCall, silentLogger } =
  await load('packages/core/dist/index.js');
const { createHost } = await load('packages/host/dist/index.js');
const facts = JSON.parse(readFileSync(join(root, 'tools', 'libvirt-driver-entries.json'), 'utf8'));
const subsystemEntries = Object.values(facts.subsystems).flat();

const local = new Set(['qemu', 'lxc', 'libxl', 'ch', 'bhyve', 'vz']);
const uris = {
  qemu: process.getuid?.() === 0 ? 'qemu:///system' : 'qemu:///session',
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

async function open(name) {
  const uri = uris[name];
  if (uri === undefined) return undefined;
  const { VIRTKIT_ESX_USER: user = '', VIRTKIT_ESX_PASSWORD: password = '' } = process.env;
  const ask = async (wanted) => wanted.map(({ type }) => (type === 'username' ? user : password));
  try {
    return await kernel.open(uri, inProcessCall({ ask }));
  } catch (error) {
    process.stderr.write(`${name}: ${error.message}\n`);
    return undefined;
  }
}

const columns = [];
const sessions = [];
for (const [name, entries] of Object.entries(facts.drivers)) {
  const session = await open(name);
  if (session !== undefined) sessions.push(session);
  const libvirt = local.has(name) ? [...entries, ...subsystemEntries] : entries;
  columns.push({ name, libvirt, ...(session !== undefined && { connection: session.connection }) });
}
writeFileSync(join(root, 'docs', 'reference', 'capabilities.md'), capabilityMatrix(columns));
for (const session of sessions) await session.close();
await kernel.close();
rmSync(folder, { recursive: true, force: true });
