// What grows with the number of defined guests.
import { join } from 'node:path';
import { connect as openClient } from '../../packages/client/dist/index.js';
import { alternate } from './figures.mjs';
import { plainGuest } from './guests.mjs';
import { residentKb, startLibvirtd, startVirtkitd } from './peers.mjs';

const DOMAINS = Number(process.env.VIRTKIT_BENCH_DOMAINS ?? 10_000);
const ms = (start) => Number(process.hrtime.bigint() - start) / 1e6;

async function timed(run) {
  const start = process.hrtime.bigint();
  await run();
  return ms(start);
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

async function measured(start, dir) {
  let peer;
  let client;
  const restart = await timed(async () => {
    peer = await start(dir);
    client = await openClient(`qemu+unix:///system?socket=${peer.socket}`);
    await client.remote.connectNumOfDefinedDomains({});
  });
  const list = await timed(() => client.domains.list());
  const count = await timed(() => client.remote.connectNumOfDefinedDomains({}));
  const statistics = await timed(() => client.remote.connectGetAllDomainStats({ doms: [], stats: 0, flags: 0 }));
  const define = await timed(() => client.domains.define(plainGuest('one-more')));
  const resident = residentKb(peer.pid);
  await client.close();
  await peer.stop();
  return {
    'restart to first reply ms': restart,
    'list ms': list,
    'count ms': count,
    'bulk statistics ms': statistics,
    'define one more ms': define,
    'resident KB': resident,
  };
}

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
