// Volumes through streams: up and down, by the same virsh, to the same file system.
import { execFileSync } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { randomBytes } from 'node:crypto';
import { alternate } from './figures.mjs';
import { startLibvirtd, startVirtkitd } from './peers.mjs';
import { cpuMs } from './processes.mjs';

const MEGABYTES = 256;

function virsh(peer, ...words) {
  execFileSync('virsh', ['-q', '-c', `qemu+unix:///system?socket=${peer.socket}`, ...words], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

async function writeSource(path) {
  const megabyte = randomBytes(1 << 20);
  await pipeline(Readable.from(Array.from({ length: MEGABYTES }, () => megabyte)), createWriteStream(path));
}

function transfer(peer, verb, path) {
  const before = cpuMs(peer.pid);
  const start = performance.now();
  virsh(peer, verb, 'volume', path, '--pool', 'bench');
  const seconds = (performance.now() - start) / 1000;
  return [MEGABYTES / seconds, (cpuMs(peer.pid) - before) / MEGABYTES];
}

function measured(peer, dir) {
  const [up, upCpu] = transfer(peer, 'vol-upload', join(dir, 'source'));
  const [down, downCpu] = transfer(peer, 'vol-download', join(dir, `copy-${peer.name}`));
  return {
    'upload MB a second': up,
    'upload daemon CPU ms a MB': upCpu,
    'download MB a second': down,
    'download daemon CPU ms a MB': downCpu,
  };
}

export async function streams(dir, rounds) {
  await writeSource(join(dir, 'source'));
  const peers = [await startVirtkitd(join(dir, 'v')), await startLibvirtd(join(dir, 'l'))];
  for (const peer of peers) {
    const pool = join(dir, `pool-${peer.name}`);
    mkdirSync(pool);
    virsh(peer, 'pool-create-as', 'bench', 'dir', '--target', pool);
    virsh(peer, 'vol-create-as', 'bench', 'volume', `${MEGABYTES}M`);
  }
  const sides = peers.map((peer) => ({ name: peer.name, run: () => measured(peer, dir) }));
  const figures = await alternate(sides, rounds);
  for (const peer of peers) await peer.stop();
  return { figures };
}
