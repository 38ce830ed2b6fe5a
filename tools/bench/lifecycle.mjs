// Start and destroy of a guest, against the same QEMU launched bare with its QMP handshake.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect as openClient } from '../../packages/client/dist/index.js';
import { alternate } from './figures.mjs';
import { plainGuest } from './guests.mjs';
import { startLibvirtd, startVirtkitd } from './peers.mjs';

const ms = (start) => Number(process.hrtime.bigint() - start) / 1e6;

async function guest(client) {
  const domain = await client.domains.lookupByName('bench');
  let start = process.hrtime.bigint();
  const running = await domain.start();
  const started = ms(start);
  await sleep(300);
  start = process.hrtime.bigint();
  await running.destroy();
  const destroyed = ms(start);
  await sleep(100);
  return { 'start ms': started, 'destroy ms': destroyed };
}

const words = (native) =>
  native
    .replaceAll('\\\n', ' ')
    .match(/'(?:[^']|'\\'')*'|\S+/g)
    .map((word) => word.replace(/^'|'$/g, ''))
    .filter((word) => !/^[A-Z_]+=/.test(word));

/** The converted arguments without descriptors and folders that only the daemon makes. */
function bareArguments(native) {
  const [, ...args] = words(native);
  const dropped = new Set(['-mon', '-chardev', '-object']);
  const kept = [];
  for (let at = 0; at < args.length; at += 1) {
    if (dropped.has(args[at])) at += 1;
    else if (args[at] !== '-S') kept.push(args[at]);
  }
  return kept;
}

/** QEMU alone: launched, greeted, `qmp_capabilities` answered, killed. */
async function bare(program, args, dir) {
  const path = join(dir, 'qmp');
  rmSync(path, { force: true });
  const start = process.hrtime.bigint();
  const child = spawn(program, [...args, '-qmp', `unix:${path},server=on,wait=off`], { stdio: 'ignore' });
  const socket = await reach(path);
  await new Promise((resolve) => {
    socket.once('data', () => {
      socket.write('{"execute":"qmp_capabilities"}');
      socket.once('data', resolve);
    });
  });
  const started = ms(start);
  await sleep(300);
  const stop = process.hrtime.bigint();
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
  return { 'start ms': started, 'destroy ms': ms(stop) };
}

async function reach(path) {
  for (;;) {
    const socket = connect(path);
    const ok = await new Promise((resolve) => {
      socket.once('connect', () => resolve(true));
      socket.once('error', () => resolve(false));
    });
    if (ok) return socket;
    await sleep(1);
  }
}

export async function lifecycle(dir, rounds) {
  const peers = [await startVirtkitd(join(dir, 'v')), await startLibvirtd(join(dir, 'l'))];
  const clients = [];
  for (const peer of peers) {
    const client = await openClient(`qemu+unix:///system?socket=${peer.socket}`);
    await client.domains.define(plainGuest('bench'));
    clients.push(client);
  }
  const { nativeConfig } = await clients[1].remote.connectDomainXMLToNative({
    nativeFormat: 'qemu-argv',
    domainXml: plainGuest('bench'),
    flags: 0,
  });
  const args = bareArguments(nativeConfig);
  const sides = peers.map((peer, at) => ({ name: peer.name, run: () => guest(clients[at]) }));
  sides.push({ name: 'bare QEMU', run: () => bare('/usr/bin/qemu-system-x86_64', args, dir) });
  const figures = await alternate(sides, Math.max(rounds, 5));
  for (const client of clients) await client.close();
  for (const peer of peers) await peer.stop();
  for (const figure of Object.values(figures))
    figure['ratio to bare'] = Number((figure.virtkitd / figure['bare QEMU']).toPrecision(4));
  return { figures };
}
