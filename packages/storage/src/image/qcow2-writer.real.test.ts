import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { qcow2Header } from './qcow2-writer.js';

const qemuImg = process.env['QEMU_IMG'] ?? 'qemu-img';
const there = (() => {
  try {
    execFileSync(qemuImg, ['--version']);
    return true;
  } catch {
    return false;
  }
})();

const folder = mkdtempSync(join(tmpdir(), 'virtkit-qcow2-'));
afterAll(() => rmSync(folder, { recursive: true }));

const made = (args: readonly string[]): Buffer => {
  const path = join(folder, 'image');
  execFileSync(qemuImg, ['create', '-q', '-f', 'qcow2', ...args.slice(0, -1), path, ...args.slice(-1)]);
  return readFileSync(path);
};

describe.skipIf(!there)(
  `an empty qcow2 image equals that of ${there ? qemuImg : 'qemu-img (not installed: skipped)'}`,
  () => {
    it.each([1n, 513n, 1n << 20n, 1n << 30n, (1n << 30n) + 512n, 1n << 40n, 4n << 40n])('of %d bytes', (capacity) => {
      const bytes = qcow2Header({ capacity, compat: '1.1' });
      expect(Buffer.compare(made(['-o', 'compat=1.1', String(capacity)]), bytes ?? new Uint8Array())).toBe(0);
    });

    it.each([65_536, 131_072, 2_097_152])('with clusters of %d bytes', (clusterSize) => {
      const bytes = qcow2Header({ capacity: 1n << 26n, compat: '1.1', clusterSize });
      const theirs = made(['-o', `compat=1.1,cluster_size=${clusterSize}`, String(1n << 26n)]);
      expect(Buffer.compare(theirs, bytes ?? new Uint8Array())).toBe(0);
    });

    it('is not tried where qemu-img lays it out otherwise', () => {
      expect(qcow2Header({ capacity: 0n, compat: '1.1' })).toBeUndefined();
      expect(qcow2Header({ capacity: 5n << 40n, compat: '1.1' })).toBeUndefined();
      expect(qcow2Header({ capacity: 1n << 20n, compat: '1.1', clusterSize: 4096 })).toBeUndefined();
    });

    it('of the old version', () => {
      const bytes = qcow2Header({ capacity: 1n << 20n, compat: '0.10' });
      expect(Buffer.compare(made(['-o', 'compat=0.10', '1M']), bytes ?? new Uint8Array())).toBe(0);
    });

    it('with lazy reference counts', () => {
      const bytes = qcow2Header({ capacity: 1n << 20n, compat: '1.1', lazyRefcounts: true });
      expect(Buffer.compare(made(['-o', 'compat=1.1,lazy_refcounts=on', '1M']), bytes ?? new Uint8Array())).toBe(0);
    });

    it.each(['1.1', '0.10'] as const)('with a backing image, compat %s', (compat) => {
      const path = join(folder, 'base');
      writeFileSync(path, '');
      truncateSync(path, 1 << 20);
      const bytes = qcow2Header({ capacity: 1n << 20n, compat, backing: { path, format: 'raw' } });
      const theirs = made(['-b', path, '-F', 'raw', '-o', `compat=${compat}`, '1M']);
      expect(Buffer.compare(theirs, bytes ?? new Uint8Array())).toBe(0);
    });
  },
);
