import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closedFolder } from './closed-folder.js';

describe('a folder closed to the user of QEMU', () => {
  let top: string;
  const inner = () => join(top, 'home');
  const image = () => join(inner(), 'images', 'disk.qcow2');
  const stranger = { uid: 54_321, gid: 54_321 };

  beforeAll(() => {
    top = mkdtempSync(join(tmpdir(), 'vk-'));
    mkdirSync(join(inner(), 'images'), { recursive: true });
    chmodSync(top, 0o755);
  });
  afterAll(() => rmSync(top, { recursive: true }));

  it.each([
    [0o700, true],
    [0o744, true],
    [0o711, false],
    [0o755, false],
    [0o710, false], // an access list may let the user in
  ])('of mode %o is %s to be one', async (mode, closed) => {
    chmodSync(inner(), mode);
    expect(await closedFolder(image(), stranger)).toBe(closed ? inner() : undefined);
  });

  it('is none to its owner, to its group where the group may enter, and to root', async () => {
    const { uid, gid } = statSync(inner());
    chmodSync(inner(), 0o700);
    expect(await closedFolder(image(), { uid, gid })).toBeUndefined();
    expect(await closedFolder(image(), { uid: 0, gid: 0 })).toBeUndefined();
    expect(await closedFolder(image(), { uid: stranger.uid, gid })).toBe(inner());
    chmodSync(inner(), 0o710);
    expect(await closedFolder(image(), { uid: stranger.uid, gid })).toBeUndefined();
  });
});
