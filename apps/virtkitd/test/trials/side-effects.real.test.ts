import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, chmodSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Connection } from '@virtkit/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DaemonProcess, processesBelow } from '../daemon-process.js';
import { makeNamespace, reason, skipped } from './surroundings.js';

/** A guest whose start makes a tap, an NVRAM file, a TPM, sockets and folders. */
const rich = (name: string): string => `<domain type='qemu'><name>${name}</name><memory unit='MiB'>64</memory>
<os firmware='efi'><type arch='x86_64' machine='q35'>hvm</type></os><features><acpi/></features><devices>
<interface type='ethernet'><target dev='vkmine'/></interface>
<interface type='network'><source network='own'/></interface>
<serial type='pty'/><channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
<tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>
<graphics type='vnc' port='-1'/></devices></domain>`;
const network =
  "<network><name>own</name><bridge name='vkown'/><ip address='192.168.249.1' netmask='255.255.255.0'/></network>";

/** What only looks. A refusal is an answer too. */
const questions: Readonly<Record<string, (connection: Connection) => Promise<unknown>>> = {
  'the command line of a document': ({ remote }) =>
    remote.connectDomainXMLToNative({ nativeFormat: 'qemu-argv', domainXml: rich('asked'), flags: 0 }),
  'the command line of a defined guest': async ({ remote, domains }) =>
    remote.connectDomainXMLToNative({
      nativeFormat: 'qemu-argv',
      domainXml: await (await domains.lookupByName('kept')).xml({ inactive: true }),
      flags: 0,
    }),
  capabilities: ({ remote }) => remote.connectGetCapabilities({}),
  'capabilities for domains': ({ remote }) => remote.connectGetDomainCapabilities({ flags: 0 }),
  'a definition that is refused': ({ domains }) => domains.define(rich('a/b')),
  'a start of a guest that is not there': async ({ domains }) => (await domains.lookupByName('none')).start(),
  'the dump of a guest that is off': async ({ domains }) => (await domains.lookupByName('kept')).xml({ secure: true }),
};

describe.skipIf(reason !== undefined)(`nothing is changed by asking for${skipped}`, () => {
  const namespace = `vkask${process.pid}`;
  const root = reason === undefined ? mkdtempSync('/tmp/vkask-') : '';
  let daemon: DaemonProcess;
  let connection: Connection;

  beforeAll(async () => {
    makeNamespace(namespace);
    chmodSync(root, 0o755);
    daemon = await DaemonProcess.start({ root, namespace });
    connection = await daemon.open();
    await connection.networks.define(network);
    await connection.domains.define(rich('kept'));
    await connection.remote.connectGetCapabilities({}); // the first time it makes up the host's uuid
  });
  afterAll(async () => {
    await connection.close();
    await daemon.stop();
    spawnSync('ip', ['netns', 'delete', namespace]);
    rmSync(root, { recursive: true, force: true });
  });

  /** Files with their times, processes and links; the cache of capabilities may grow. */
  const world = (): readonly string[] => [
    ...readdirSync(root, { recursive: true })
      .map(String)
      .filter((path) => !path.startsWith('var/cache/'))
      .map((path) => `${path} ${timeOf(join(root, path))}`),
    ...processesBelow(root).map(({ command }) => command),
    ...execFileSync('ip', ['-netns', namespace, '-o', 'link'], { encoding: 'utf8' }).split('\n'),
  ];

  it.each(Object.keys(questions))('%s', async (name) => {
    const before = world();
    await questions[name]?.(connection).catch(() => undefined);
    expect(world()).toEqual(before);
  });
});

/** Of a file: those of folders change with probes that come and go in them. */
function timeOf(path: string): number {
  const entry = statSync(path);
  return entry.isDirectory() ? 0 : entry.mtimeMs;
}
