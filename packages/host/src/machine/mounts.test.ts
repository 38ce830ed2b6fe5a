import { expect, test } from 'vitest';
import { currentMounts, parseMountinfo } from './mounts.js';

test('a mount says what is where, optional fields or not', () => {
  const text = [
    '36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 shared:2 - ext3 /dev/root rw,errors=continue',
    '37 35 0:40 / /exports rw - nfs4 server:/a rw,vers=4',
    '',
  ].join('\n');
  expect(parseMountinfo(text)).toEqual([
    { source: '/dev/root', target: '/mnt2', type: 'ext3', options: ['rw', 'errors=continue'] },
    { source: 'server:/a', target: '/exports', type: 'nfs4', options: ['rw', 'vers=4'] },
  ]);
});

test('blanks in a path are the octal numbers of the kernel', () => {
  const [mount] = parseMountinfo(String.raw`1 2 0:1 / /my\040disk rw - ext4 /dev/my\134root rw`);
  expect(mount).toMatchObject({ source: String.raw`/dev/my\root`, target: '/my disk' });
});

test('this host has something mounted at its root', () => {
  expect(currentMounts().some(({ target }) => target === '/')).toBe(true);
});
