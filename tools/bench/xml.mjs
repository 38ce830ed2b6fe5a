// Documents: dump, conversion to a command line, definition.
import { join } from 'node:path';
import { connect as openClient } from '../../packages/client/dist/index.js';
import { alternate, median } from './figures.mjs';
import { plainGuest, richGuest } from './guests.mjs';
import { startLibvirtd, startVirtkitd } from './peers.mjs';
import { cpuMs } from './processes.mjs';
import { RawClient, encoded, latencies } from './wire.mjs';

// Defined again and again: the same guest by its uuid.
const again = plainGuest('again').replace('</name>', '</name><uuid>11111111-2222-4333-8444-555555555555</uuid>');
/** A procedure that is slow is measured this long. */
const SECONDS = 3;
const COUNTS = { dumpxml: 1000, 'domxml-to-native': 50, define: 50 };

async function side(peer, dom) {
  const domainXml = richGuest('rich');
  const messages = {
    dumpxml: encoded('domainGetXMLDesc', { dom, flags: 0 }),
    'domxml-to-native': encoded('connectDomainXMLToNative', { nativeFormat: 'qemu-argv', domainXml, flags: 0 }),
    define: encoded('domainDefineXML', { xml: again }),
  };
  const client = await RawClient.open(peer.socket);
  const figures = {};
  for (const [name, message] of Object.entries(messages)) {
    await latencies(client, message, 20, 1);
    const before = cpuMs(peer.pid);
    const times = await latencies(client, message, COUNTS[name], SECONDS);
    figures[`${name} p50 µs`] = median(times);
    figures[`${name} daemon CPU µs`] = ((cpuMs(peer.pid) - before) * 1000) / times.length;
  }
  client.close();
  return figures;
}

export async function xml(dir, rounds) {
  const peers = [await startVirtkitd(join(dir, 'v')), await startLibvirtd(join(dir, 'l'))];
  const sides = [];
  for (const peer of peers) {
    const client = await openClient(`qemu+unix:///system?socket=${peer.socket}`);
    const { handle } = await client.domains.define(richGuest('rich'));
    await client.close();
    sides.push({ name: peer.name, run: () => side(peer, handle) });
  }
  const figures = await alternate(sides, rounds);
  for (const peer of peers) await peer.stop();
  return { figures };
}
