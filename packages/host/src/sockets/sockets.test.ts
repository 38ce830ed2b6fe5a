import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { abstractLock } from './abstract-lock.js';
import { listeningSocket } from './listening-socket.js';

describe('sockets', () => {
  test('a socket handed to a child serves who connected before the child looked', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'virtkit-socket-'));
    const path = join(folder, 'monitor.sock');
    const listening = await listeningSocket(path);
    const script = "const s = require('net').createServer((c) => c.end('hello')); s.listen({ fd: 3 });";
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'inherit', 'inherit', listening.fd] });
    await listening[Symbol.asyncDispose]();
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(path).setEncoding('utf8').on('error', reject).on('data', resolve);
      socket.unref();
    });
    child.kill();
    expect(answer).toBe('hello');
    expect(readdirSync(folder)).toEqual(['monitor.sock']);
    rmSync(folder, { recursive: true });
  });

  test('a path Node would cut off is refused by name', async () => {
    const path = `/tmp/${'x'.repeat(110)}`;
    await expect(listeningSocket(path)).rejects.toThrow(`UNIX socket path '${path}' too long (115 bytes, at most 107)`);
  });

  test('a lock has one holder', async () => {
    const name = `virtkit-test-${process.pid}`;
    const first = await abstractLock(name);
    expect(await abstractLock(name)).toBeUndefined();
    await first?.[Symbol.asyncDispose]();
    const again = await abstractLock(name);
    expect(again).toBeDefined();
    await again?.[Symbol.asyncDispose]();
  });
});
