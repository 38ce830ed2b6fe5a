import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fakeMonitor, type FakeMonitor } from './fake-monitor.js';
import { maxMessageBytes, QmpConnection } from './qmp-connection.js';
import { MonitorClosedError, QmpCommandError } from './qmp-error.js';

let folder = '';
let monitor: FakeMonitor;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vk-qmp-'));
  monitor = await fakeMonitor(join(folder, 's'), (command) => {
    if (command === 'bad') return { error: { class: 'GenericError', desc: 'no such thing' } };
    return command === 'hang' ? 'silence' : { return: { did: command } };
  });
});
afterEach(async () => {
  await monitor.close();
  await rm(folder, { recursive: true });
});

test('greets, then answers commands sent without waiting', async () => {
  const connection = await QmpConnection.open(monitor.path);
  const [greeting, first, second] = await Promise.all([
    connection.negotiate(),
    connection.execute('one'),
    connection.execute('two'),
  ]);
  expect(greeting.version).toEqual({ major: 7, minor: 2, micro: 2 });
  expect([first, second]).toEqual([{ did: 'one' }, { did: 'two' }]);
  connection.close();
});

test('a refused command rejects with the words of QEMU', async () => {
  const connection = await QmpConnection.open(monitor.path);
  await connection.negotiate();
  await expect(connection.execute('bad')).rejects.toThrow(QmpCommandError);
  await expect(connection.execute('bad')).rejects.toThrow("unable to execute QEMU command 'bad': no such thing");
  connection.close();
});

test('end of file fails every pending command with the explanation', async () => {
  const closed: unknown[] = [];
  const connection = await QmpConnection.open(monitor.path, {
    explain: () => Promise.resolve('qemu: disk is gone'),
    onClose: (cause) => closed.push(cause),
  });
  await connection.negotiate();
  const waiting = [connection.execute('hang'), connection.execute('hang')];
  setTimeout(() => monitor.hangUp(), 10);
  for (const result of await Promise.allSettled(waiting)) {
    expect(result).toMatchObject({ status: 'rejected', reason: { message: 'qemu: disk is gone' } });
  }
  expect(closed).toHaveLength(1);
  await expect(connection.execute('late')).rejects.toThrow(MonitorClosedError);
});

test('an aborted wait leaves the connection usable', async () => {
  const connection = await QmpConnection.open(monitor.path);
  await connection.negotiate();
  await expect(connection.execute('hang', undefined, { signal: AbortSignal.timeout(20) })).rejects.toThrow();
  expect(await connection.execute('next')).toEqual({ did: 'next' });
  connection.close();
});

test('events arrive with their time', async () => {
  const seen: unknown[] = [];
  const connection = await QmpConnection.open(monitor.path, { onEvent: (event) => seen.push(event) });
  await connection.negotiate();
  monitor.event('STOP', { a: 1 });
  await connection.execute('x');
  expect(seen).toEqual([{ event: 'STOP', data: { a: 1 }, seconds: 1, micros: 2 }]);
  connection.close();
});

test.each([
  ['what is no JSON', '{"return": \r\n'],
  ['an unknown message', '{"hello": 1}\r\n'],
  ['a line without end', 'x'.repeat(maxMessageBytes + 1)],
])('%s ends the connection', async (_what, text) => {
  const connection = await QmpConnection.open(monitor.path);
  await connection.negotiate();
  const waiting = connection.execute('hang');
  monitor.write(text);
  await expect(waiting).rejects.toThrow(MonitorClosedError);
  expect(connection.closed).toBe(true);
});

test('a raw answer keeps its own text', async () => {
  const connection = await QmpConnection.open(monitor.path);
  await connection.negotiate();
  const answer = await connection.executeRaw({ execute: 'bad' });
  expect(answer.text).toContain('"desc":"no such thing"');
  connection.close();
});
