import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { HostFiles, isTemporaryName } from './durable-files.js';

const folder = mkdtempSync(join(tmpdir(), 'virtkit-files-'));
const files = new HostFiles();
afterAll(() => rmSync(folder, { recursive: true }));

describe('durable files', () => {
  test('a write replaces the whole file and leaves nothing beside it', async () => {
    const path = join(folder, 'a.xml');
    await files.write(path, 'one');
    await Promise.all([files.write(path, 'two', { mode: 0o644 }), files.write(path, 'three', { mode: 0o644 })]);
    expect(['two', 'three']).toContain(readFileSync(path, 'utf8'));
    expect(statSync(path).mode & 0o777).toBe(0o644);
    expect(readdirSync(folder)).toEqual(['a.xml']);
  });

  test('a write that fails names the file and keeps the old one', async () => {
    await expect(files.write(join(folder, 'missing', 'b.xml'), 'x')).rejects.toMatchObject({
      code: 38,
      message: `cannot write file '${join(folder, 'missing', 'b.xml')}': No such file or directory`,
    });
  });

  test('what a crash interrupted is swept away, nothing else', async () => {
    writeFileSync(join(folder, '.a.xml.4711-3.tmp'), 'half');
    writeFileSync(join(folder, 'kept.tmp'), 'mine');
    await files.sweep(folder);
    expect(readdirSync(folder).sort()).toEqual(['a.xml', 'kept.tmp']);
    expect(isTemporaryName('.a.xml.4711-3.tmp')).toBe(true);
  });

  test('what only has to survive the daemon is replaced as a whole too', async () => {
    const path = join(folder, 'status.xml');
    await files.write(path, 'one', { survives: 'daemon' });
    await files.write(path, 'two', { survives: 'daemon' });
    expect(readFileSync(path, 'utf8')).toBe('two');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await files.remove(path, 'daemon');
    expect(readdirSync(folder)).not.toContain('status.xml');
  });

  test('a link that is there is no error, one without its folder names both ends', async () => {
    const path = join(folder, 'link.xml');
    await files.link(path, '/somewhere');
    await files.link(path, '/somewhere');
    expect(readlinkSync(path)).toBe('/somewhere');
    await files.remove(path);
    await expect(files.link(join(folder, 'missing', 'link.xml'), '/somewhere')).rejects.toMatchObject({
      code: 38,
      message: `Failed to create symlink '${join(folder, 'missing', 'link.xml')}' to '/somewhere': No such file or directory`,
    });
  });

  test('removing what is not there is no error', async () => {
    await files.remove(join(folder, 'nothing'));
  });
});
