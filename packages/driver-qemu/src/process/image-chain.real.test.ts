import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram } from '@virtkit/host';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { backingChain, readImageHeader } from './image-chain.js';

const program = await findProgram('qemu-img');
const as = { uid: 0, gid: 0 };
let folder = '';
const image = (...words: readonly string[]): void => {
  execFileSync(program ?? '', ['create', '-q', ...words], { cwd: folder });
};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vk-chain-'));
});
afterAll(() => rm(folder, { recursive: true }));

test.skipIf(program === undefined)(
  'follows backing files made by qemu-img, relative names too (qemu-img is needed)',
  async () => {
    image('-f', 'raw', 'base.raw', '1M');
    image('-f', 'qcow2', '-b', 'base.raw', '-F', 'raw', 'mid.qcow2');
    image('-f', 'qcow2', '-b', join(folder, 'mid.qcow2'), '-F', 'qcow2', 'top.qcow2');
    expect(await backingChain(join(folder, 'top.qcow2'), 'qcow2', as)).toEqual([
      { path: join(folder, 'mid.qcow2'), format: 'qcow2' },
      { path: join(folder, 'base.raw'), format: 'raw' },
    ]);
    expect((await readImageHeader(join(folder, 'top.qcow2'), 'qcow2')).capacity).toBe(1048576n);
  },
);

test.skipIf(program === undefined)(
  'a missing file is named with the user that shall open it (qemu-img is needed)',
  async () => {
    await expect(backingChain(join(folder, 'none'), 'qcow2', as)).rejects.toThrow(
      `Cannot access storage file '${join(folder, 'none')}' (as uid:0, gid:0): No such file or directory`,
    );
  },
);

test.skipIf(program === undefined)('a chain that closes a loop is refused (qemu-img is needed)', async () => {
  image('-f', 'qcow2', '-u', '-b', 'other.qcow2', '-F', 'qcow2', 'loop.qcow2', '1M');
  image('-f', 'qcow2', '-u', '-b', 'loop.qcow2', '-F', 'qcow2', 'other.qcow2', '1M');
  await expect(backingChain(join(folder, 'loop.qcow2'), 'qcow2', as)).rejects.toThrow('self-referential');
});
