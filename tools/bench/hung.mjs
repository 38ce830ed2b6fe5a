// One guest whose QEMU is stopped: what everybody else pays for it.
import { alternate } from './figures.mjs';
import { plainGuest } from './guests.mjs';
import { withArgument } from './processes.mjs';

/** A call that takes longer counts as this. */
const LIMIT_MS = 3000;

async function timed(run) {
  const start = performance.now();
  let timer;
  const limit = new Promise((resolve) => {
    timer = setTimeout(resolve, LIMIT_MS);
  });
  await Promise.race([run().catch(() => undefined), limit]);
  clearTimeout(timer);
  return performance.now() - start;
}

/** Queries in the same order as an operator's tools would send them; statistics last, for libvirtd waits there. */
async function queries(client, domain) {
  return {
    'list ms': await timed(() => client.domains.list()),
    'dumpxml ms': await timed(() => domain.xml()),
    'start of another ms': await timed(() => domain.start()),
    'destroy of another ms': await timed(() => domain.destroy()),
    'statistics of all ms': await timed(() => client.remote.connectGetAllDomainStats({ doms: [], stats: 0, flags: 0 })),
  };
}

/** Per figure: with a hung guest, without one, and the ratio. */
export async function hung(peer, open, rounds) {
  const client = await open();
  const name = `hung-${peer.name}`;
  const other = await client.domains.define(plainGuest(`other-${peer.name}`));
  const stuck = await (await client.domains.define(plainGuest(name))).start();
  const [pid] = withArgument(`guest=${name},`);
  const sides = [
    ['with a hung guest', 'SIGSTOP'],
    ['without', 'SIGCONT'],
  ].map(([side, signal]) => ({
    name: side,
    run: async () => {
      process.kill(pid, signal);
      const own = await open();
      const figures = await queries(own, await own.domains.lookupByName(other.name));
      process.kill(pid, 'SIGCONT');
      await own.close();
      return figures;
    },
  }));
  const figures = await alternate(sides, rounds);
  await stuck.destroy();
  await client.close();
  return figures;
}
