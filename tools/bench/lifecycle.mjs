// Start and destroy of a guest, against libvirtd and against the same QEMU launched bare; and beside a hung guest.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect as openClient } from '../../packages/client/dist/index.js';
import { bareCommand, bareQemu } from './bare.mjs';
import { alternate } from './figures.mjs';
import { plainGuest } from './guests.mjs';
import { hung } from './hung.mjs';
import { startLibvirtd, startVirtkitd } from './peers.mjs';

/** Guests that are started at the same time. */
const AT_ONCE = 20;
const names = Array.from({ length: AT_ONCE }, (_, at) => `bench-${at}`);

async function timed(run) {
  const start = performance.now();
  const result = await run();
  return [performance.now() - start, result];
}

async function guest(client) {
  const domain = await client.domains.lookupByName('bench');
  const [started, running] = await timed(() => domain.start());
  await sleep(300);
  const [destroyed] = await timed(() => running.destroy());
  await sleep(100);
  return { 'start ms': started, 'destroy ms': destroyed };
}

/** Each by a client of its own: both daemons let one client have five calls in flight. */
async function manyGuests(open) {
  const clients = await Promise.all(names.map(open));
  const domains = await Promise.all(names.map((name, at) => clients[at].domains.lookupByName(name)));
  const [spent, running] = await timed(() => Promise.all(domains.map((domain) => domain.start())));
  await Promise.all(running.map((domain) => domain.destroy()));
  for (const client of clients) await client.close();
  return { [`${AT_ONCE} starts at once ms`]: spent };
}

async function manyBare(command, dir) {
  const all = await Promise.all(Array.from({ length: AT_ONCE }, (_, at) => bareQemu(command, join(dir, `q${at}`))));
  return { [`${AT_ONCE} starts at once ms`]: Math.max(...all.map((figures) => figures['start ms'])) };
}

const opener = (peer) => () => openClient(`qemu+unix:///system?socket=${peer.socket}`);

async function bareOf(client) {
  const request = { nativeFormat: 'qemu-argv', domainXml: plainGuest('bench'), flags: 0 };
  const { nativeConfig } = await client.remote.connectDomainXMLToNative(request);
  return bareCommand(nativeConfig);
}

export async function lifecycle(dir, rounds) {
  const peers = [await startVirtkitd(join(dir, 'v')), await startLibvirtd(join(dir, 'l'))];
  const clients = await Promise.all(peers.map((peer) => opener(peer)()));
  for (const client of clients) for (const name of ['bench', ...names]) await client.domains.define(plainGuest(name));
  const command = await bareOf(clients[1]);
  const sides = peers.map((peer, at) => ({
    name: peer.name,
    run: async () => ({ ...(await guest(clients[at])), ...(await manyGuests(opener(peer))) }),
  }));
  sides.push({
    name: 'bare QEMU',
    run: async () => ({ ...(await bareQemu(command, join(dir, 'q'))), ...(await manyBare(command, dir)) }),
  });
  const figures = await alternate(sides, rounds);
  for (const figure of Object.values(figures))
    figure['ratio to bare'] = Number((figure.virtkitd / figure['bare QEMU']).toPrecision(4));
  const beside = {};
  for (const peer of peers) beside[peer.name] = await hung(peer, opener(peer), rounds);
  for (const client of clients) await client.close();
  for (const peer of peers) await peer.stop();
  return { figures, 'beside a hung guest': beside };
}
