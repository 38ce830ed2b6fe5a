import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { messageType } from '@virtkit/protocol';
import { bundledScript, type DaemonProcess, daemonProcess } from './daemon-process.js';
import { domainXml } from './domain-xml.js';
import { attack, edgeCalls, random, recordings } from './malformed.js';
import { callBytes, WireClient } from './wire-client.js';

const MIB = 2 ** 20;
let daemon: DaemonProcess;

describe('malformed messages', () => {
  beforeEach(async () => {
    daemon = await daemonProcess();
  });
  afterEach(() => daemon[Symbol.asyncDispose]());

  it('100,000 of them on both sockets cost neither the process, nor memory, nor descriptors, nor other clients` time', async () => {
    const recorded = recordings(1200);
    const good = await WireClient.open(daemon.socket);
    await good.call('domainDefineXML', { xml: domainXml('demo') });
    await attack(daemon.socket, 3000, recorded, random(1));
    await sleep(200);
    const before = { rss: daemon.rss(), descriptors: daemon.openDescriptors() };
    const quiet = await p99During(() => sleep(1000));
    const p99 = [await p99During(() => attackWith(1, recorded)), await p99During(() => attackWith(11, recorded))];
    await sleep(200);
    const grown = (daemon.rss() - before.rss) / MIB;
    process.stderr.write(
      `p99 ${quiet.toFixed(1)} ms in peace, ${p99.map((ms) => ms.toFixed(1)).join(' and ')} ms, grown by ${grown.toFixed(1)} MiB\n`,
    );
    expect(daemon.alive()).toBe(true);
    expect(daemon.openDescriptors()).toBeLessThanOrEqual(before.descriptors);
    expect(grown).toBeLessThanOrEqual(32);
    // The better of two, and held against the same in peace: a machine busy with other things delays everybody.
    expect(Math.min(...p99)).toBeLessThanOrEqual(Math.max(20, 10 * quiet));
    good.end();
  });

  it('the smallest and largest of every count, array and number in every procedure is answered', async () => {
    const client = await WireClient.open(daemon.socket);
    let serial = 1000;
    for (const { program, name, args } of edgeCalls()) {
      client.raw(callBytes(program, name, ++serial, args));
      const wanted = serial;
      await client
        .next(({ header }) => header.type === messageType.reply && header.serial === wanted)
        .catch((error) => {
          throw new Error(`${program.name} ${name}: ${error.message}`);
        });
    }
    expect(serial).toBeGreaterThan(1500);
    expect(daemon.alive()).toBe(true);
    client.end();
  });
});

/** 50,000 malformed messages over four connections at a time. */
async function attackWith(seed: number, recorded: readonly Buffer[]): Promise<void> {
  const sockets = [daemon.socket, daemon.readOnlySocket, daemon.socket, daemon.readOnlySocket];
  await Promise.all(sockets.map((socket, i) => attack(socket, 12_500, recorded, random(seed + i))));
}

/** How long 99 in 100 calls of a client in another process take while something goes on, in milliseconds. */
async function p99During(work: () => Promise<void>): Promise<number> {
  const script = await bundledScript('watcher-main.ts', daemon.folder);
  const watcher = spawn(process.execPath, [script, daemon.socket], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface(watcher.stdout)[Symbol.asyncIterator]();
  await lines.next();
  await work();
  watcher.stdin.end();
  return Number((await lines.next()).value);
}

describe('exhausted descriptors', () => {
  it('refuse new clients, keep the old ones, and pass', async () => {
    daemon = await daemonProcess({ openFiles: 60 });
    const old = await WireClient.open(daemon.socket);
    const crowd = await Promise.all(Array.from({ length: 80 }, () => WireClient.connect(daemon.socket)));
    await sleep(200);
    expect(await old.call('connectGetType', {})).toEqual({ type: 'FAKE' });
    for (const client of crowd) client.end();
    const later = await vi.waitFor(() => WireClient.open(daemon.socket), { timeout: 20_000, interval: 50 });
    expect(await later.call('connectGetType', {})).toEqual({ type: 'FAKE' });
    later.end();
    old.end();
    await daemon[Symbol.asyncDispose]();
  });
});

describe('five hundred clients', () => {
  it('are served at once', async () => {
    daemon = await daemonProcess();
    const clients = await Promise.all(Array.from({ length: 500 }, () => WireClient.open(daemon.socket)));
    for (let round = 0; round < 4; round++) {
      await Promise.all(clients.map((client) => client.call('connectGetHostname', {})));
    }
    for (const client of clients) client.end();
    await daemon[Symbol.asyncDispose]();
  });
});
