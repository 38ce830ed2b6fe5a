import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from '@virtkit/host';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { distil } from '../capabilities/distil.js';
import { probeEmulator } from './probe-emulator.js';

const emulator = await findProgram('qemu-system-x86_64');
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vk-probe-'));
  await chmod(folder, 0o755);
});
afterAll(() => rm(folder, { recursive: true }));

test.skipIf(emulator === undefined)(
  'asks a real emulator as an unprivileged user and leaves nothing (qemu-system-x86_64 is needed)',
  async () => {
    const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : undefined;
    const capabilities = distil(await probeEmulator(emulator ?? '', { user, directory: folder, kvm: false }));
    expect(capabilities.arch).toBe('x86_64');
    expect(capabilities.version).toBeGreaterThan(6_000_000);
    expect(capabilities.flags.size).toBeGreaterThan(100);
    expect(await readdir(folder)).toEqual([]);
  },
);

test.skipIf(emulator === undefined)(
  'a program that is no emulator fails with its own words (qemu-system-x86_64 is needed)',
  async () => {
    await expect(probeEmulator('/bin/ls', { user: undefined, directory: folder, kvm: false })).rejects.toThrow(
      /Failed to probe QEMU binary with QMP: .*ls/,
    );
    expect(await readdir(folder)).toEqual([]);
  },
);
