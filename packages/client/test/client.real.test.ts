import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Connection, connect, errorCode, LibvirtError } from '../src/index.js';

const checkout = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const bundle = join(checkout, 'apps/virtkitd/bundle/main.js');

interface Peer {
  readonly name: string;
  readonly socket: (dir: string) => string;
  /** Undefined: it can run here. */
  unavailable(): string | undefined;
  start(dir: string): ChildProcess;
}

const peers: readonly Peer[] = [
  {
    name: 'virtkitd',
    socket: (dir) => join(dir, 'run/virtkit/libvirt-sock'),
    unavailable: () => (existsSync(bundle) ? undefined : 'needs the bundle of virtkitd: npm run build'),
    start: (dir) => spawn(process.execPath, [bundle, '--root', dir], { stdio: ['pipe', 'ignore', 'ignore'] }),
  },
  {
    name: 'libvirtd',
    socket: (dir) => join(dir, 'run/libvirt-sock'),
    unavailable: () => {
      if (process.getuid?.() !== 0) return 'needs root to start a private libvirtd';
      return spawnSync('libvirtd', ['--version']).status === 0 ? undefined : 'needs libvirtd';
    },
    start: (dir) => spawn(join(checkout, 'tools/bench/libvirtd.sh'), [dir], { stdio: ['pipe', 'ignore', 'ignore'] }),
  },
];

const guest = (name: string): string =>
  `<domain type='test'><name>${name}</name><memory>65536</memory><os><type>hvm</type></os></domain>`;

for (const peer of peers) {
  const reason = peer.unavailable();
  const skipped = reason === undefined ? '' : ` (skipped: ${reason})`;

  describe.skipIf(reason !== undefined)(`the client against ${peer.name}${skipped}`, () => {
    let dir = '';
    let uri = '';
    let child: ChildProcess;
    let connection: Connection;

    beforeAll(async () => {
      dir = mkdtempSync('/tmp/vkc-');
      uri = `remote+unix:///?name=test:///default&socket=${peer.socket(dir)}`;
      child = peer.start(dir);
      for (let tries = 0; tries < 1_200 && !existsSync(peer.socket(dir)); tries += 1) await sleep(50);
      connection = await connect(uri);
    });
    afterAll(async () => {
      await connection.close();
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.stdin?.end();
      child.kill('SIGTERM');
      await gone;
      rmSync(dir, { recursive: true, force: true });
    });

    it('opens, names itself, and is told the uri', async () => {
      expect(await connection.uri()).toBe('test:///default');
      expect((await connection.remote.connectGetType({})).type).toBe('TEST');
    });

    it('lists, looks up by name, uuid and id, and reads the document', async () => {
      const [first] = await connection.domains.list({ active: true });
      expect(first?.name).toBe('test');
      const { uuid, id } = await connection.domains.lookupByName('test');
      expect([
        (await connection.domains.lookupByUuid(uuid)).name,
        (await connection.domains.lookupById(id ?? -1)).name,
      ]).toEqual(['test', 'test']);
      expect(await (await connection.domains.lookupByName('test')).xml()).toContain('<name>test</name>');
    });

    it('rejects with the number and words of the daemon', async () => {
      const failure = await connection.domains.lookupByName('nope').catch((cause: unknown) => cause);
      expect(failure).toBeInstanceOf(LibvirtError);
      expect(failure).toMatchObject({ code: errorCode.noDomain, level: 2 });
    });

    it('rejects a document that is no document', async () => {
      await expect(connection.domains.define('<domain')).rejects.toMatchObject({ code: 35 });
    });

    it('delivers lifecycle events in order, until the loop ends', async () => {
      const events = await connection.domains.lifecycleEvents();
      const domain = await connection.domains.define(guest('watched'));
      await domain.start();
      await (await connection.domains.lookupByName('watched')).destroy();
      await domain.undefine();
      const seen: number[] = [];
      for await (const { dom, event } of events) {
        if (dom.name === 'watched') seen.push(event);
        if (event === 1) break;
      }
      expect(seen).toEqual([0, 2, 5, 1]);
    });

    it('hears only of the domain it asked about', async () => {
      const domain = await connection.domains.define(guest('one'));
      const stop = new AbortController();
      const events = await connection.domains.lifecycleEvents({ domain, signal: stop.signal });
      const other = await connection.domains.define(guest('other'));
      await other.start();
      await domain.start();
      expect((await events.next()).value?.dom.name).toBe('one');
      stop.abort();
      for (const name of ['one', 'other']) {
        await (await connection.domains.lookupByName(name)).destroy();
        await (await connection.domains.lookupByName(name)).undefine();
      }
    });

    it('answers a hundred calls in flight, each with its own reply', async () => {
      const domain = await connection.domains.lookupByName('test');
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, at) => (at % 2 === 0 ? connection.hostname() : domain.info())),
      );
      expect(answers.filter((answer) => typeof answer === 'string')).toHaveLength(50);
      expect(answers.filter((answer) => typeof answer === 'object')).toHaveLength(50);
    });

    it('may not change anything on a read-only connection', async () => {
      await using reader = await connect(`${uri}-ro`, { readOnly: true });
      const domain = await reader.domains.lookupByName('test');
      await expect(domain.destroy()).rejects.toMatchObject({ code: 29 });
    });

    it('closes at the end of the block', async () => {
      let closed: Promise<Error | undefined>;
      {
        await using short = await connect(uri);
        closed = short.closed;
        await short.hostname();
      }
      expect(await closed).toBeUndefined();
    });
  });
}
