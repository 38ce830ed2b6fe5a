import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AgentConnection } from './agent-connection.js';

let folder = '';
let path = '';
let server: Server;
let peer: Socket | undefined;
let received: string[] = [];
let answer: (command: string, id: unknown) => string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vk-agent-'));
  path = join(folder, 's');
  received = [];
  answer = (command, id) => (command === 'guest-sync' ? `{"return": ${String(id)}}\n` : '{"return": {}}\n');
  server = createServer((socket) => {
    peer = socket;
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      for (const line of chunk
        .toString('latin1')
        .split('\n')
        .filter((text) => text !== '')) {
        const message = JSON.parse(line.replace(/^\xff/, '')) as { execute: string; arguments?: { id?: unknown } };
        received.push(message.execute);
        socket.write(answer(message.execute, message.arguments?.id));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
});
afterEach(async () => {
  peer?.destroy();
  server.close();
  await rm(folder, { recursive: true });
});

test('synchronises once, then sends commands in turn', async () => {
  const agent = await AgentConnection.open(path);
  expect(await Promise.all([agent.execute('guest-ping'), agent.execute('guest-info')])).toEqual([{}, {}]);
  expect(received).toEqual(['guest-sync', 'guest-ping', 'guest-info']);
  agent.close();
});

test('answers of forgotten commands before the handshake are dropped', async () => {
  answer = (command, id) =>
    command === 'guest-sync' ? `rest"}\n{"return": 1}\n{"return": ${String(id)}}\n` : '{"return": "mine"}\n';
  const agent = await AgentConnection.open(path);
  expect(await agent.execute('guest-ping')).toBe('mine');
  agent.close();
});

test('an agent that does not answer the handshake is unresponsive', async () => {
  answer = () => '';
  const agent = await AgentConnection.open(path);
  await expect(agent.execute('guest-ping', undefined, 0.05)).rejects.toMatchObject({
    kind: 'unresponsive',
    message: "guest agent didn't respond to synchronization within '0.05' seconds",
  });
  agent.close();
});

test('a command without answer times out, and the next one synchronises again', async () => {
  answer = (command, id) => (command === 'guest-sync' ? `{"return": ${String(id)}}\n` : '');
  const agent = await AgentConnection.open(path);
  await expect(agent.execute('guest-ping', undefined, 0.05)).rejects.toMatchObject({ kind: 'timeout' });
  answer = (command, id) => (command === 'guest-sync' ? `{"return": ${String(id)}}\n` : '{"return": 3}\n');
  expect(await agent.execute('guest-info')).toBe(3);
  expect(received).toEqual(['guest-sync', 'guest-ping', 'guest-sync', 'guest-info']);
  agent.close();
});

test('a refusal carries the words and class of the agent', async () => {
  answer = (command, id) =>
    command === 'guest-sync'
      ? `{"return": ${String(id)}}\n`
      : '{"error": {"class": "CommandNotFound", "desc": "The command x has not been found"}}\n';
  const agent = await AgentConnection.open(path);
  await expect(agent.execute('x')).rejects.toMatchObject({
    kind: 'failed',
    failureClass: 'CommandNotFound',
    message: "unable to execute QEMU agent command 'x': The command x has not been found",
  });
  agent.close();
});

test('a channel that closes fails what waits and what comes', async () => {
  answer = () => '';
  const agent = await AgentConnection.open(path);
  const waiting = agent.execute('guest-ping', undefined, 0);
  setTimeout(() => peer?.destroy(), 20);
  await expect(waiting).rejects.toMatchObject({ kind: 'gone' });
  await expect(agent.execute('guest-ping')).rejects.toThrow('QEMU guest agent is not connected');
});
