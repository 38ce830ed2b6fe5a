import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LiveGuest } from '../../guests/live-guest.js';
import { fakeMonitor, type FakeMonitor } from '../../monitor/fake-monitor.js';
import { QmpConnection } from '../../monitor/qmp-connection.js';
import { definitionOf } from '../../testing/definitions.js';
import { FakeGuest, fakeServices, runtimeOf } from '../../testing/fake-services.js';
import { answerMs, FigureReader } from './figures.js';

let folder = '';
let hangs = false;
let monitor: FakeMonitor;
let connection: QmpConnection;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vk-fig-'));
  hangs = false;
  monitor = await fakeMonitor(join(folder, 's'), (command) => {
    if (hangs) return 'silence';
    if (command === 'query-dirty-rate') return { error: { class: 'CommandNotFound', desc: 'no' } };
    return { return: command === 'query-blockstats' ? [{ qdev: 'sda', stats: { rd_bytes: 5 } }] : [] };
  });
  connection = await QmpConnection.open(monitor.path);
  await connection.negotiate();
});
afterEach(async () => {
  connection.close();
  await monitor.close();
  await rm(folder, { recursive: true });
});

function running() {
  const fake = new FakeGuest(definitionOf(''), runtimeOf());
  const { guest } = fakeServices(fake);
  return { guest, runtime: runtimeOf(), live: new LiveGuest(fake.uuid), monitor: connection, definition: fake.live };
}

test('a guest that answers has fresh figures, without those its QEMU does not know', async () => {
  const { figures, ageMs } = await new FigureReader().read(running());
  expect(figures?.blocks.devices.get('sda')?.readBytes).toBe(5n);
  expect(figures?.dirtyRate).toBeUndefined();
  expect(ageMs).toBeUndefined();
});

test('one that hangs is asked once, and has the last known figures with their age', async () => {
  const reader = new FigureReader();
  await reader.read(running());
  hangs = true;
  const asked = monitor.commands.length;
  // One after the other they would wait thirty times.
  const before = performance.now();
  const all = await Promise.all(Array.from({ length: 30 }, () => reader.read(running())));
  expect(performance.now() - before).toBeLessThan(answerMs * 10);
  for (const { figures, ageMs } of all) {
    expect(figures?.blocks.devices.get('sda')?.readBytes).toBe(5n);
    expect(ageMs).toBeGreaterThan(0);
  }
  expect(monitor.commands.length - asked).toBeLessThan(10);
});

test('without waiting the last known figures come at once', async () => {
  const reader = new FigureReader();
  await reader.read(running());
  hangs = true;
  let waited = false;
  const waiting = reader.read(running()).then(() => (waited = true));
  expect((await reader.read(running(), { nowait: true })).figures).toBeDefined();
  expect(waited).toBe(false);
  await waiting;
});
