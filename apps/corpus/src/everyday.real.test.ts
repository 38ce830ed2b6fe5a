import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  assignAliases,
  buildCommand,
  completeForStart,
  distil,
  findMachine,
  pretendPlaces,
  probeEmulator,
  type QemuCapabilities,
  qemuNamespaceRows,
  QmpConnection,
  updateGuestCpu,
  validateDefinition,
} from '@virtkit/driver-qemu';
import { endProcess, findProgram, listeningSocket, spawnDetached } from '@virtkit/host';
import { parseDomain } from '@virtkit/schema';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fakeCommandInput, fakePlaces } from './fake-command.js';
import { fakeFacts } from './fake-host/facts.js';
import { readExpected, readManifest, type CorpusCase } from './manifest.js';
import { adapt, adaptFirmware, hasFirmware, startFolders, unsuitable } from './real-guest.js';

const corpus = resolve(
  process.env['VIRTKIT_CORPUS'] ?? fileURLToPath(new URL('../../../../shared/corpus', import.meta.url)),
);
const everyday = join(corpus, '../reference/everyday-cases.json');
const emulator = await findProgram('qemu-system-x86_64');
const swtpm = await findProgram('swtpm');
const missing = [
  !existsSync(everyday) && 'the corpus with its list of everyday cases (VIRTKIT_CORPUS)',
  emulator === undefined && 'qemu-system-x86_64',
].filter((what) => what !== false);

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vk-everyday-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.skipIf(missing.length > 0)(
  `a real emulator takes every everyday command line whose devices it has${missing.length > 0 ? ` (skipped: needs ${missing.join(', ')})` : ''}`,
  { timeout: 1_200_000 },
  async () => {
    const probe = await probeEmulator(emulator ?? '', { user: undefined, directory: folder, kvm: false });
    const capabilities = distil(probe);
    const types = new Set((probe.first.answer('qom-list-types') as { name: string }[]).map(({ name }) => name));
    const failures: string[] = [];
    let started = 0;
    for (const entry of everydayCases()) {
      const outcome = await attempt(entry, capabilities, types);
      if (outcome === 'started') started += 1;
      else if (outcome !== 'skipped') failures.push(`${entry.case}: ${outcome}`);
    }
    console.info(`${started} everyday guests started`);
    expect(failures).toEqual([]);
    expect(started).toBeGreaterThan(300);
  },
);

function everydayCases(): readonly CorpusCase[] {
  const { cases } = JSON.parse(readFileSync(everyday, 'utf8')) as { readonly cases: readonly string[] }; // the list's own form
  const names = new Set(cases);
  return readManifest(corpus).filter(
    ({ suite, case: name, outcome }) => suite === 'qemuxmlconf' && outcome === 'ok' && names.has(name),
  );
}

/** `started`, `skipped`, or what went wrong. */
async function attempt(entry: CorpusCase, capabilities: QemuCapabilities, types: ReadonlySet<string>): Promise<string> {
  const own = await mkdtemp(join(folder, 'g-'));
  try {
    const text = readExpected(entry, corpus, 'xml').replaceAll('\\\n', '');
    const domain = parseDomain(text, { live: true, secure: true, extensions: { namespaces: [qemuNamespaceRows] } });
    if (unsuitable(domain) !== undefined || (domain.os.loader?.type === 'pflash' && !hasFirmware())) return 'skipped';
    if (domain.devices.tpms.length > 0 && swtpm === undefined) return 'skipped';
    adapt(domain, own);
    domain.devices.emulator = capabilities.emulator;
    if (!isKnown(entry, domain, capabilities)) return 'skipped';
    const words = commandWords(entry, domain, capabilities, own);
    const devices = devicesOf(words);
    if (devices.some(({ driver }) => !types.has(driver))) return 'skipped';
    return await start(
      words,
      devices.flatMap(({ id }) => id ?? []),
      own,
    );
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

/** Whether the emulator has what the document asks for, as far as the driver checks it. */
function isKnown(entry: CorpusCase, domain: Guest, capabilities: QemuCapabilities): boolean {
  if (!findMachine(capabilities, domain.type, domain.os.type.machine ?? '')) return false;
  if (!drivesDisks(domain, capabilities)) return false;
  try {
    validateDefinition(domain, fakeFacts(entry, corpus, capabilities));
    return true;
  } catch {
    return false;
  }
}

/** Options of disks that came after the oldest emulator. */
function drivesDisks({ devices }: Guest, { flags }: QemuCapabilities): boolean {
  return devices.disks.every(
    ({ driver }) =>
      (driver?.discardNoUnref === undefined || flags.has('qcow2-discard-no-unref')) &&
      (driver?.iothreads === undefined || flags.has('virtio-blk.iothread-mapping')),
  );
}

type Guest = ReturnType<typeof parseDomain>;

function commandWords(
  entry: CorpusCase,
  domain: Guest,
  capabilities: QemuCapabilities,
  own: string,
): readonly string[] {
  const facts = fakeFacts(entry, corpus, capabilities);
  const fake = fakeCommandInput(entry, domain, capabilities);
  const config = {
    ...fake.config,
    libDir: own,
    memoryBackingDir: join(own, 'ram'),
    channelTargetDir: join(own, 'c'),
    hugepages: [],
    vncSasl: { enabled: false },
  };
  const resources = {
    ...fake.resources,
    monitorFd: 3,
    chardevFd: () => undefined,
    chardevFile: () => undefined,
    chardevLog: () => undefined,
    helperSocket: () => join(own, 'tpm'),
  };
  completeForStart(domain, facts);
  updateGuestCpu(domain, { capabilities, cpuMap: facts.host.cpuMap });
  pretendPlaces(domain, config, fakePlaces);
  adaptFirmware(domain, own);
  assignAliases(domain);
  const { argv } = buildCommand({ ...fake, capabilities, config, resources, start: { now: fake.start.now } });
  startFolders(own, domain.name ?? '');
  return argv;
}

interface PlannedDevice {
  readonly driver: string;
  readonly id?: string;
}

const devicesOf = (words: readonly string[]): readonly PlannedDevice[] =>
  words.flatMap((word, index) =>
    words[index - 1] === '-device' && word.startsWith('{') ? [JSON.parse(word) as PlannedDevice] : [],
  );

async function start(
  [program = '', ...words]: readonly string[],
  ids: readonly string[],
  own: string,
): Promise<string> {
  const log = join(own, 'log');
  const path = join(own, 'm');
  const tpm = words.includes('-tpmdev') ? await startTpm(own) : undefined;
  const child = await launch(program, words, path, log, own);
  try {
    const explain = async (): Promise<string> => (await readFile(log, 'utf8').catch(() => '')).trim();
    const monitor = await QmpConnection.open(path, { explain });
    const signal = AbortSignal.timeout(30_000);
    await monitor.negotiate({ signal });
    const { status } = (await monitor.execute('query-status', undefined, { signal })) as { status: string };
    const found = (await monitor.execute('qom-list', { path: '/machine/peripheral' }, { signal })) as {
      name: string;
    }[];
    monitor.close();
    const names = new Set(found.map(({ name }) => name));
    const absent = ids.filter((id) => !names.has(id));
    if (absent.length > 0) return `devices not found: ${absent.join(' ')}`;
    return status === 'prelaunch' ? 'started' : `status ${status}`;
  } finally {
    for (const identity of [child.identity, tpm?.identity])
      if (identity !== undefined) await endProcess(identity, { graceMs: 1_000 });
  }
}

/** Our own copy of the monitor's socket is closed before anybody connects. */
async function launch(program: string, words: readonly string[], path: string, log: string, own: string) {
  await using socket = await listeningSocket(path);
  return await spawnDetached(program, words, {
    log,
    descriptors: [socket.fd],
    env: { HOME: own, PATH: '/usr/bin:/bin' },
  });
}

/** An emulated TPM that ends with its guest. */
async function startTpm(own: string) {
  const state = join(own, 'tpm-state');
  await mkdir(state);
  const control = join(own, 'tpm');
  const words = [
    'socket',
    '--tpm2',
    '--tpmstate',
    `dir=${state}`,
    '--ctrl',
    `type=unixio,path=${control}`,
    '--terminate',
  ];
  const child = await spawnDetached('swtpm', words);
  for (let tries = 0; tries < 1_200 && !existsSync(control); tries += 1) await setTimeout(50);
  return child;
}
