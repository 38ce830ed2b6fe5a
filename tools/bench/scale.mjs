// What grows with the number of defined guests.
import { join } from 'node:path';
import { connect as openClient } from '../../packages/client/dist/index.js';
import { alternate, median } from './figures.mjs';
import { plainGuest } from './guests.mjs';
import { startLibvirtd, startVirtkitd } from './peers.mjs';
import { cpuMs, memoryKb } from './processes.mjs';
import { RawClient, encoded } from './wire.mjs';

const DOMAINS = Number(process.env.VIRTKIT_BENCH_DOMAINS ?? 10_000);
/** Calls of which the median counts. */
const CALLS = 5;

async function timed(run) {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

async function defineAll(peer) {
  const client = await openClient(`qemu+unix:///system?socket=${peer.socket}`);
  const spent = await timed(async () => {
    for (let at = 0; at < DOMAINS; at += 1)
      await client.domains.define(plainGuest(`guest-${String(at).padStart(5, '0')}`));
  });
  await client.close();
  return spent / DOMAINS;
}

const messages = {
  list: encoded('connectListAllDomains', { needResults: 1, flags: 0 }),
  count: encoded('connectNumOfDefinedDomains', {}),
  'bulk statistics': encoded('connectGetAllDomainStats', { doms: [], stats: 0, flags: 0 }),
};

/** Median of milliseconds, and of CPU where the same work is asked for again. */
async function repeated(client, pid, message) {
  const times = [];
  const before = cpuMs(pid);
  for (let at = 0; at < CALLS; at += 1) times.push(await timed(() => client.call(message)));
  return { ms: median(times), cpu: (cpuMs(pid) - before) / CALLS };
}

async function measured(start, dir) {
  let peer;
  let client;
  const restart = await timed(async () => {
    peer = await start(dir);
    client = await RawClient.open(peer.socket);
    await client.call(messages.count);
  });
  const figures = { 'restart to first reply ms': restart };
  for (const [name, message] of Object.entries(messages)) {
    const { ms, cpu } = await repeated(client, peer.pid, message);
    figures[`${name} ms`] = ms;
    figures[`${name} CPU ms`] = cpu;
  }
  const define = encoded('domainDefineXML', { xml: again });
  await client.call(define);
  figures['define one more ms'] = (await repeated(client, peer.pid, define)).ms;
  const memory = memoryKb(peer.pid);
  figures['resident KB'] = memory.resident;
  figures['private KB'] = memory.private;
  client.close();
  await peer.stop();
  return figures;
}

const again = plainGuest('one-more').replace('</name>', '</name><uuid>11111111-2222-4333-8444-555555555556</uuid>');

export async function scale(dir, rounds) {
  const places = [
    { name: 'virtkitd', start: startVirtkitd, dir: join(dir, 'v') },
    { name: 'libvirtd', start: startLibvirtd, dir: join(dir, 'l') },
  ];
  const defines = {};
  for (const place of places) {
    const peer = await place.start(place.dir);
    defines[place.name] = Number((await defineAll(peer)).toPrecision(4));
    await peer.stop();
  }
  const sides = places.map((place) => ({ name: place.name, run: () => measured(place.start, place.dir) }));
  const figures = await alternate(sides, rounds);
  return {
    domains: DOMAINS,
    figures: {
      'define each of them ms': { ...defines, ratio: Number((defines.virtkitd / defines.libvirtd).toPrecision(4)) },
      ...figures,
    },
  };
}
