// Round trips of small calls: one client, and 64 at once.
import { join } from 'node:path';
import { connect as openClient } from '../../packages/client/dist/index.js';
import { alternate, median, quantile } from './figures.mjs';
import { echoLimit } from './echo.mjs';
import { startLibvirtd, startVirtkitd } from './peers.mjs';
import { cpuMs } from './processes.mjs';
import { RawClient, encoded, latencies } from './wire.mjs';
import { plainGuest } from './guests.mjs';

const CALLS = 3000;
/** Before them: a compiler at run time needs some thousand calls. */
const WARM_CALLS = 3000;
const CLIENTS = 64;
const SECONDS = 2;

async function oneClient(peer, messages) {
  const client = await RawClient.open(peer.socket);
  const figures = {};
  for (const [name, message] of Object.entries(messages)) {
    await latencies(client, [message], WARM_CALLS);
    const before = cpuMs(peer.pid);
    const times = await latencies(client, [message], CALLS);
    figures[`${name} p50 µs`] = median(times);
    figures[`${name} p99 µs`] = quantile(times, 0.99);
    figures[`${name} daemon CPU µs`] = ((cpuMs(peer.pid) - before) * 1000) / CALLS;
  }
  client.close();
  return figures;
}

async function manyClients(peer, message) {
  const clients = await Promise.all(Array.from({ length: CLIENTS }, () => RawClient.open(peer.socket)));
  let calls = 0;
  const end = Date.now() + SECONDS * 1000;
  const loop = async (client) => {
    while (Date.now() < end) {
      await client.call(message);
      calls += 1;
    }
  };
  const before = cpuMs(peer.pid);
  const started = process.hrtime.bigint();
  await Promise.all(clients.map(loop));
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  for (const client of clients) client.close();
  // One client alone pays for waking a processor at each call, whoever serves it; many keep it awake.
  const cpu = ((cpuMs(peer.pid) - before) * 1000) / calls;
  return { [`calls a second, ${CLIENTS} clients`]: calls / seconds, [`daemon CPU µs, ${CLIENTS} clients`]: cpu };
}

export async function rpc(dir, rounds) {
  const ours = await startVirtkitd(join(dir, 'v'));
  const theirs = await startLibvirtd(join(dir, 'l'));
  const handles = new Map();
  for (const peer of [ours, theirs]) {
    const client = await openClient(`qemu+unix:///system?socket=${peer.socket}`);
    handles.set(peer, (await client.domains.define(plainGuest('bench'))).handle);
    await client.close();
  }
  const side = (peer) => ({
    name: peer.name,
    run: async () => {
      const dom = handles.get(peer);
      const messages = {
        getLibVersion: encoded('connectGetLibVersion', {}),
        lookupByName: encoded('domainLookupByName', { name: 'bench' }),
        getInfo: encoded('domainGetInfo', { dom }),
      };
      return { ...(await oneClient(peer, messages)), ...(await manyClients(peer, messages.lookupByName)) };
    },
  });
  const figures = await alternate([side(ours), side(theirs)], rounds);
  const limit = await echoLimit(dir, CALLS);
  await ours.stop();
  await theirs.stop();
  return { figures, 'bare limit': limit };
}
