import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findProgram } from '@virtkit/host';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { realKernel, removeFolder, testFolder, type RealKernel } from './testing/real-kernel.js';

const emulator = await findProgram('qemu-system-x86_64');
const name = 'vk-test';
/** Boots into the firmware alone, which writes on the serial port and stops without a disk. */
const document = (extra = '') => `
<domain type='qemu'>
  <name>${name}</name>
  <memory unit='MiB'>64</memory>
  <vcpu>1</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type><bios useserial='yes'/></os>
  <devices>
    <emulator>${emulator ?? ''}</emulator>
    <serial type='pty'/>
    ${extra}
  </devices>
</domain>`;

let folder = '';
let running: RealKernel;
beforeEach(async () => {
  folder = await testFolder();
  running = await realKernel(folder);
});
afterEach(async () => {
  const session = await running.open();
  for (const { ref, active } of await session.domains.list()) if (active) await session.domains.destroy(ref).catch(() => undefined);
  await running[Symbol.asyncDispose]();
  await removeFolder(folder);
});

test.skipIf(emulator === undefined)('define, start, console, destroy', async () => {
  const session = await running.open();
  const events: string[] = [];
  session.events.onDomain({}, ({ event }) => {
    if (event.type === 'lifecycle') events.push(`${event.event} ${event.detail}`);
  });
  const defined = await session.domains.define(document());
  const started = await session.domains.start(defined);
  expect(started.id).toBe(1);
  const console = await session.console.open(started, undefined, {});
  let text = '';
  for await (const chunk of console.incoming) {
    text += Buffer.from(chunk).toString();
    if (text.includes('SeaBIOS')) break;
  }
  expect(await session.domains.state(started)).toEqual({ state: 'running', reason: 'booted' });
  const before = performance.now();
  await session.domains.destroy(started);
  expect(performance.now() - before).toBeLessThan(500);
  expect(await session.domains.state(defined)).toEqual({ state: 'shutoff', reason: 'destroyed' });
  expect(events).toEqual([
    'defined added',
    'resumed unpaused',
    'started booted',
    'shutdown host',
    'stopped destroyed',
  ]);
  expect((await readdir(join(folder, 'lib', 'qemu'))).filter((entry) => entry.startsWith('domain-'))).toEqual([]);
  expect(await readFile(join(folder, 'log', 'qemu', `${name}.log`), 'utf8')).toContain('shutting down, reason=destroyed');
});
