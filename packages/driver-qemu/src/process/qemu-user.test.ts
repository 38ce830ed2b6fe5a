import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HostServices } from '@virtkit/core';
import { silentLogger } from '@virtkit/core/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { qemuUser } from './qemu-user.js';

let folder = '';
let sources = { passwd: '', group: '' };
const calls: string[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vk-user-'));
  sources = { passwd: join(folder, 'passwd'), group: join(folder, 'group') };
  await writeFile(sources.passwd, 'root:x:0:0::/root:/bin/sh\nqemu:x:107:36::/:/bin/false\n');
  await writeFile(sources.group, 'kvm:x:36:\nother:x:50:\n');
});
afterAll(() => rm(folder, { recursive: true }));

const host = (privileged: boolean): HostServices =>
  ({
    user: { uid: privileged ? 0 : 1000, gid: 0, privileged },
    commands: {
      expect: async (program: string, words: readonly string[]) => {
        calls.push([program, ...words].join(' '));
        await writeFile(sources.passwd, 'virtkit-qemu:x:990:36::/:/bin/false\n');
        return '';
      },
    },
  }) as unknown as HostServices; // only what is used

test('without privileges QEMU runs as we do', async () => {
  expect(await qemuUser(host(false), {}, silentLogger, sources)).toBeUndefined();
});

test('names are looked up, numbers taken as they are', async () => {
  expect(await qemuUser(host(true), { user: 'qemu' }, silentLogger, sources)).toEqual({ uid: 107, gid: 36 });
  expect(await qemuUser(host(true), { user: 'qemu', group: 'other' }, silentLogger, sources)).toEqual({
    uid: 107,
    gid: 50,
  });
  expect(await qemuUser(host(true), { user: 4242 }, silentLogger, sources)).toEqual({ uid: 4242, gid: 4242 });
  expect(await qemuUser(host(true), { user: '+107', group: 5 }, silentLogger, sources)).toEqual({ uid: 107, gid: 5 });
});

test('a name that does not exist is refused, only our own is made', async () => {
  await expect(qemuUser(host(true), { user: 'nobody-here' }, silentLogger, sources)).rejects.toThrow(
    "unsupported configuration: user 'nobody-here' for QEMU does not exist",
  );
  expect(calls).toEqual([]);
  expect(await qemuUser(host(true), {}, silentLogger, sources)).toEqual({ uid: 990, gid: 36 });
  expect(calls).toHaveLength(1);
  expect(calls[0]).toMatch(/^useradd --system .*--gid kvm virtkit-qemu$/);
});
