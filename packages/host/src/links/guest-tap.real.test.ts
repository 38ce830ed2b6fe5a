import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { HostCommands } from '../commands/commands.js';
import { nativeServices } from '../native-services.js';
import { openGuestTap } from './guest-tap.js';
import { IpLinks } from './links.js';

const possible = process.getuid?.() === 0 && existsSync('/dev/net/tun') && (await nativeServices()) !== undefined;

test.skipIf(!possible)('a tap lives as long as its descriptors (root, /dev/net/tun and koffi are needed)', async () => {
  const links = new IpLinks(new HostCommands());
  const name = `vktap${process.pid % 10_000}`;
  const tap = await openGuestTap(links, name, { mac: 'fe:54:00:00:00:01', mtu: 1400, up: true, queues: 2 });
  expect(tap?.fds).toHaveLength(2);
  expect(await links.find(name)).toMatchObject({ kind: 'tun', mac: 'fe:54:00:00:00:01', mtu: 1400, up: true });
  tap?.[Symbol.dispose]();
  expect(await links.find(name)).toBeUndefined();
});

test.skipIf(!possible)(
  'a tap that cannot be plugged in is gone again (root, /dev/net/tun and koffi are needed)',
  async () => {
    const links = new IpLinks(new HostCommands());
    const name = `vktap${(process.pid % 10_000) + 1}`;
    await expect(openGuestTap(links, name, { master: 'no-such-bridge' })).rejects.toThrow('no-such-bridge');
    expect(await links.find(name)).toBeUndefined();
  },
);
