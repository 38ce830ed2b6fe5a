import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, readSync, rmSync, writeSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { loadNative } from './native.js';

const native = await loadNative();

const fdOf = (socket: Socket): number => Reflect.get(Reflect.get(socket, '_handle') as object, 'fd') as number;

async function withPair(body: (a: Socket, b: Socket) => Promise<void> | void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'virtkit-native-'));
  const server = createServer({ pauseOnConnect: true }).listen(join(folder, 's'));
  await once(server, 'listening');
  const accepted = once(server, 'connection') as Promise<[Socket]>;
  const client = connect(join(folder, 's'));
  client.pause();
  const [peer] = await accepted;
  try {
    await body(client, peer);
  } finally {
    client.destroy();
    peer.destroy();
    server.close();
    rmSync(folder, { recursive: true });
  }
}

describe.skipIf(native === undefined)('native services (koffi is needed)', () => {
  test('the peer of a unix socket is known by process and user', () =>
    withPair((_, peer) => {
      expect(native?.peerCredentials(fdOf(peer))).toEqual({
        pid: process.pid,
        uid: process.getuid?.(),
        gid: process.getgid?.(),
      });
    }));

  test('a descriptor sent through a socket opens the same file', () =>
    withPair((client, peer) => {
      const fd = openSync('/proc/self/comm', 'r');
      native?.sendDescriptors(fdOf(client), Buffer.from('hello'), [fd, fd]);
      const received = native?.receiveDescriptors(fdOf(peer), 100);
      expect(received?.data.toString()).toBe('hello');
      expect(received?.fds).toHaveLength(2);
      expect(readFileSync(received?.fds[0] ?? -1, 'utf8')).toBe(readFileSync('/proc/self/comm', 'utf8'));
      for (const one of [fd, ...(received?.fds ?? [])]) closeSync(one);
    }));

  test('what is written to one socket of a pair is read from the other', () => {
    const [one, other] = native?.socketPair() ?? [-1, -1];
    writeSync(one, 'hello');
    const read = Buffer.alloc(10);
    expect(read.toString('utf8', 0, readSync(other, read))).toBe('hello');
    for (const fd of [one, other]) closeSync(fd);
  });

  test('nothing to receive is not the end of the stream', () =>
    withPair((_, peer) => {
      expect(native?.receiveDescriptors(fdOf(peer), 100)).toBeUndefined();
    }));

  test.skipIf(process.arch !== 'x64')('the processor says who made it (x64 is needed)', () => {
    const [last, ...letters] = native?.cpuid?.(0, 0) ?? [0, 0, 0, 0];
    expect(last).toBeGreaterThan(0);
    const bytes = Buffer.from(new Uint32Array([letters[0], letters[2], letters[1]]).buffer);
    expect(readFileSync('/proc/cpuinfo', 'utf8')).toContain(bytes.toString('latin1'));
  });

  test.skipIf(process.getuid?.() !== 0 || !existsSync('/dev/net/tun'))(
    'a tap device has one descriptor per queue (root and /dev/net/tun are needed)',
    () => {
      const tap = native?.openTap({ name: 'vktest%d', vnetHeader: true, queues: 2 });
      expect(tap?.name).toMatch(/^vktest\d+$/);
      expect(tap?.fds).toHaveLength(2);
      for (const fd of tap?.fds ?? []) closeSync(fd);
    },
  );
});
