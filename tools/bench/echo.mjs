// The bare limit of a round trip: a Node process that echoes what a unix socket brings. `node echo.mjs SOCKET` serves.
import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from './figures.mjs';
import { cpuMs } from './processes.mjs';

const here = fileURLToPath(import.meta.url);
const BYTES = 36;
const ROUNDS = 3;

if (process.argv[1] === here) {
  createServer((socket) => {
    socket.on('data', (bytes) => socket.write(bytes)).on('error', () => undefined);
  }).listen(process.argv[2], () => process.stdout.write('ready\n'));
}

async function times(socket, calls) {
  const all = [];
  for (let at = 0; at < calls; at += 1) {
    const start = process.hrtime.bigint();
    await new Promise((resolve) => {
      socket.once('data', resolve);
      socket.write(Buffer.alloc(BYTES));
    });
    all.push(Number(process.hrtime.bigint() - start) / 1000);
  }
  return all;
}

/** Microseconds of a round trip and of CPU, once compiled. */
export async function echoLimit(dir, calls) {
  const path = join(dir, 'echo');
  const server = spawn(process.execPath, [here, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve) => {
    server.stdout.once('data', resolve);
  });
  const socket = connect(path);
  const rounds = [];
  await times(socket, calls);
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = cpuMs(server.pid);
    const p50 = median(await times(socket, calls));
    rounds.push({ p50, cpu: ((cpuMs(server.pid) - before) * 1000) / calls });
  }
  socket.destroy();
  server.kill();
  return {
    'socket echo p50 µs': median(rounds.map(({ p50 }) => p50)),
    'socket echo CPU µs': median(rounds.map(({ cpu }) => cpu)),
  };
}
