// The limit of a start: the same QEMU launched alone, with its QMP handshake.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from './peers.mjs';

const words = (native) =>
  native
    .replaceAll('\\\n', ' ')
    .match(/'(?:[^']|'\\'')*'|\S+/g)
    .map((word) => word.replace(/^'|'$/g, ''))
    .filter((word) => !/^[A-Z_]+=/.test(word));

/** What belongs to a daemon's own monitor and folders. */
const isOwn = (value) => value.includes('charmonitor') || value.includes('masterKey0');

/** A converted command line without what only the daemon makes; runs at once instead of waiting for `cont`. */
export function bareCommand(native) {
  const [program, ...args] = words(native).filter((word) => word !== '-S');
  const kept = args.filter((arg, at) => !isOwn(arg) && !isOwn(args[at + 1] ?? ''));
  return { program, args: kept };
}

const now = () => Number(process.hrtime.bigint()) / 1e6;

/** Launched, greeted, `qmp_capabilities` answered; then killed. Milliseconds of each. */
export async function bareQemu({ program, args }, path) {
  rmSync(path, { force: true });
  const start = now();
  const child = spawn(program, [...args, '-qmp', `unix:${path},server=on,wait=off`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await greeted(await waitFor(() => reach(path), 'QEMU', child));
  const started = now() - start;
  await sleep(300);
  const stop = now();
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
  return { 'start ms': started, 'destroy ms': now() - stop };
}

function reach(path) {
  const socket = connect(path);
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => resolve(undefined));
  });
}

function greeted(socket) {
  return new Promise((resolve) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      socket.write('{"execute":"qmp_capabilities"}');
      socket.once('data', resolve);
    });
  });
}
