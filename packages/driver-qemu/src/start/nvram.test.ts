import { parseDomain } from '@virtkit/schema';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { QemuServices } from '../guests/services.js';
import { prepareNvram } from './nvram.js';

let folder = '';
let nvram = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vk-nvram-'));
  nvram = join(folder, 'vars.fd');
  await writeFile(join(folder, 'template.fd'), 'new');
});
afterEach(() => rm(folder, { recursive: true }));

const services = {
  user: undefined,
  host: { files: { write: (path: string, content: Uint8Array) => writeFile(path, content) } },
} as unknown as QemuServices; // the parts that are asked for
const guest = () =>
  parseDomain(
    `<domain type='qemu'><name>a</name><memory>1</memory><os><type arch='x86_64'>hvm</type>
      <loader>/code.fd</loader><nvram template='${join(folder, 'template.fd')}'>${nvram}</nvram></os></domain>`,
  );

test('variables are made from their template once, and again when they are reset', async () => {
  await prepareNvram(services, guest(), false);
  expect(await readFile(nvram, 'utf8')).toBe('new');
  await writeFile(nvram, 'kept');
  await prepareNvram(services, guest(), false);
  expect(await readFile(nvram, 'utf8')).toBe('kept');
  await prepareNvram(services, guest(), true);
  expect(await readFile(nvram, 'utf8')).toBe('new');
});

test('what cannot be looked at is not replaced', async () => {
  await symlink(nvram, nvram);
  await expect(prepareNvram(services, guest(), false)).rejects.toThrow(
    `Failed to stat file '${nvram}': Too many levels of symbolic links`,
  );
});
