import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { networkOf } from '../testing/documents.js';
import { readLeases } from './leases.js';

test('leases that have run out are left out, IPv6 clients are known by their identifier', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'virtkit-leases-'));
  const path = join(folder, 'n.leases');
  const network = networkOf(`<network><name>n</name><bridge name='virbr9'/>
    <ip address='10.0.0.1' prefix='16'><dhcp><range start='10.0.0.2' end='10.0.0.9'/></dhcp></ip>
    <ip family='ipv6' address='fd00::1' prefix='64'><dhcp><range start='fd00::2' end='fd00::9'/></dhcp></ip></network>`);
  writeFileSync(
    path,
    `2000 52:54:00:00:00:01 10.0.0.2 one 01:52:54:00:00:00:01
500 52:54:00:00:00:02 10.0.0.3 gone *
0 52:54:00:00:00:03 10.0.0.4 * *
duid 00:01:00:01:aa:bb:cc:dd:52:54:00:12:34:56
3000 7654321 fd00::2 six 00:01:00:01:2a:bb:cc:dd:52:54:00:00:00:04
`,
  );
  expect(await readLeases(path, network, 1_000_000)).toEqual([
    {
      interface: 'virbr9',
      expiry: 2000n,
      family: 'ipv4',
      address: '10.0.0.2',
      prefix: 16,
      mac: '52:54:00:00:00:01',
      hostname: 'one',
      clientId: '01:52:54:00:00:00:01',
    },
    { interface: 'virbr9', expiry: 0n, family: 'ipv4', address: '10.0.0.4', prefix: 16, mac: '52:54:00:00:00:03' },
    {
      interface: 'virbr9',
      expiry: 3000n,
      family: 'ipv6',
      address: 'fd00::2',
      prefix: 64,
      mac: '52:54:00:00:00:04',
      iaid: '7654321',
      hostname: 'six',
      clientId: '00:01:00:01:2a:bb:cc:dd:52:54:00:00:00:04',
    },
  ]);
  expect(await readLeases(join(folder, 'none'), network)).toEqual([]);
  rmSync(folder, { recursive: true });
});

test('a file that is not there yet has no leases; one that cannot be read is an error', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'virtkit-leases-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const network = networkOf("<network><name>n</name><bridge name='virbr9'/></network>");
  expect(await readLeases(join(folder, 'none.leases'), network)).toEqual([]);
  await expect(readLeases(folder, network)).rejects.toThrow(`cannot read file '${folder}': Is a directory`);
});
