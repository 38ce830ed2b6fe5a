// Documents: dump, conversion to a command line, definition.
import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { connect as openClient } from '../../packages/client/dist/index.js';
import { alternate, median } from './figures.mjs';
import { plainGuest, richGuest } from './guests.mjs';
import { startLibvirtd, startVirtkitd } from './peers.mjs';
import { cpuMs } from './processes.mjs';
import { RawClient, encoded, latencies } from './wire.mjs';

// Defined again and again: one guest by its uuid, with another memory each time, or as it is.
const again = plainGuest('again').replace('</name>', '</name><uuid>11111111-2222-4333-8444-555555555555</uuid>');
const changed = again.replace('64</memory>', '96</memory>');
/** A procedure that is slow is measured this long. */
const SECONDS = 3;
/** Calls of a round. */
const COUNTS = { dumpxml: 1000, 'domxml-to-native': 50, define: 300, 'define unchanged': 300 };
const DURABLE_FILES = 200;
/** Of `plainGuest`, completed. */
const DOCUMENT_BYTES = 1700;
/** Both daemons are warm when they are measured: a compiler at run time needs some thousand calls. */
const WARM_CALLS = 5000;
const WARM_SECONDS = 4;

function messagesFor(dom) {
  const domainXml = richGuest('rich');
  return {
    dumpxml: [encoded('domainGetXMLDesc', { dom, flags: 0 })],
    'domxml-to-native': [encoded('connectDomainXMLToNative', { nativeFormat: 'qemu-argv', domainXml, flags: 0 })],
    define: [again, changed].map((xml) => encoded('domainDefineXML', { xml })),
    'define unchanged': [encoded('domainDefineXML', { xml: again })],
  };
}

/** The first calls after a start, for they are what a short life sees. */
async function coldSide(peer, dom) {
  const client = await RawClient.open(peer.socket);
  const figures = {};
  for (const [name, messages] of Object.entries(messagesFor(dom))) {
    figures[`${name} p50 µs, first 20`] = median(await latencies(client, messages, 20, SECONDS));
    await latencies(client, messages, WARM_CALLS, WARM_SECONDS);
  }
  client.close();
  return figures;
}

async function side(peer, dom) {
  const client = await RawClient.open(peer.socket);
  const figures = {};
  for (const [name, messages] of Object.entries(messagesFor(dom))) {
    const before = cpuMs(peer.pid);
    const times = await latencies(client, messages, COUNTS[name], SECONDS);
    figures[`${name} p50 µs`] = median(times);
    figures[`${name} daemon CPU µs`] = ((cpuMs(peer.pid) - before) * 1000) / times.length;
  }
  client.close();
  return figures;
}

/** Microseconds to write, sync and rename a file of a small document's size: what no definition that lasts is below. */
function durableFile(dir) {
  const [temporary, path] = [join(dir, 'file.new'), join(dir, 'file')];
  const times = Array.from({ length: DURABLE_FILES }, () => {
    const start = process.hrtime.bigint();
    const file = openSync(temporary, 'wx');
    writeSync(file, 'x'.repeat(DOCUMENT_BYTES));
    fsyncSync(file);
    closeSync(file);
    renameSync(temporary, path);
    return Number(process.hrtime.bigint() - start) / 1000;
  });
  return median(times);
}

export async function xml(dir, rounds) {
  const peers = [await startVirtkitd(join(dir, 'v')), await startLibvirtd(join(dir, 'l'))];
  const sides = [];
  for (const peer of peers) {
    const client = await openClient(`qemu+unix:///system?socket=${peer.socket}`);
    const { handle } = await client.domains.define(richGuest('rich'));
    await client.close();
    sides.push({ name: peer.name, handle, peer });
  }
  const runs = (of) => sides.map(({ name, peer, handle }) => ({ name, run: () => of(peer, handle) }));
  const cold = await alternate(runs(coldSide), 1);
  const figures = await alternate(runs(side), rounds);
  for (const peer of peers) await peer.stop();
  return { figures, cold, 'bare limit': { 'durable file µs': durableFile(dir) } };
}
