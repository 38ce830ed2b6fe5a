import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { natNetwork, networkOf } from './testing/documents.js';
import { hostState, run } from './testing/host-state.js';
import { inside, runInside, unavailable } from './testing/in-namespace.js';
import { type NetworkKernel, startNetworkKernel, testCall } from './testing/network-kernel.js';

const why = unavailable(['unshare', 'ip', 'dnsmasq', 'nft', 'busybox']);
const uuid = '00000000-0000-4000-8000-0000000000aa';
const ref = { name: 'blue', uuid };
const firewall = () => import('./plugin.js');

describe.skipIf(why !== undefined)(`a real network${why === undefined ? '' : ` (skipped: ${why})`}`, () => {
  test.skipIf(inside)('serves guests (in its own namespaces)', () => {
    const { passed, output } = runInside(import.meta.url);
    expect(passed, output).toBe(true);
  });

  describe.runIf(inside)('in its own namespaces (skipped: run by the test before, inside)', () => {
    const root = inside ? mkdtempSync(join(tmpdir(), 'virtkit-network-')) : ''; // this line runs outside, too
    const call = testCall();
    let daemon: NetworkKernel;
    beforeAll(async () => {
      daemon = await startNetworkKernel(root, firewall);
    });
    afterAll(async () => {
      await daemon.kernel.close();
      rmSync(root, { recursive: true, force: true });
    });

    test('a new host has the default network, and only a new one', async () => {
      expect(await daemon.networks.list(call)).toMatchObject([
        { ref: { name: 'default' }, active: false, autostart: false },
      ]);
      const [found] = await daemon.networks.list(call);
      if (found !== undefined) await daemon.networks.undefine(found.ref, call);
      await daemon.kernel.close();
      daemon = await startNetworkKernel(root, firewall);
      expect(await daemon.networks.list(call)).toEqual([]);
    });

    test('a started network has its bridge, its server and its rules', async () => {
      await daemon.networks.define(networkOf(natNetwork('blue', 7, uuid)), call);
      await daemon.networks.start(ref, call);
      expect(hostState()).toEqual({ bridges: ['vkt7'], servers: ['blue'], owners: [uuid] });
      expect(run('ip', '-4', '-br', 'address', 'show', 'vkt7')).toContain('10.99.7.1/24');
      expect(readFileSync('/proc/sys/net/ipv4/ip_forward', 'utf8').trim()).toBe('1');
    });

    test('a guest gets its fixed address, and the lease is shown', async () => {
      plugGuest('one', '52:54:00:99:00:01');
      expect(askForAddress('one')).toContain('lease of 10.99.7.50 obtained');
      expect(await daemon.networks.leases(ref, undefined, call)).toMatchObject([
        { interface: 'vkt7', address: '10.99.7.50', prefix: 24, mac: '52:54:00:99:00:01', hostname: 'fixed' },
      ]);
      expect(await daemon.networks.leases(ref, '52:54:00:00:00:00', call)).toEqual([]);
    });

    test('a host added while the network runs gets its address', async () => {
      const xml = "<host mac='52:54:00:99:00:02' ip='10.99.7.60'/>";
      const change = { command: 'add-last', section: 'ip-dhcp-host', parentIndex: -1, xml } as const;
      await daemon.networks.update(ref, change, { live: true, config: true }, call);
      plugGuest('two', '52:54:00:99:00:02');
      expect(askForAddress('two')).toContain('lease of 10.99.7.60 obtained');
      const saved = await daemon.networks.definition(ref, 'persistent', call);
      expect(saved.ips[0]?.dhcp?.hosts).toHaveLength(2);
      await expect(daemon.networks.update(ref, change, {}, call)).rejects.toMatchObject({ code: 55 });
    });

    test('a port names the bridge, is counted and can be given back', async () => {
      const owner = { name: 'guest', uuid: '00000000-0000-4000-8000-0000000000bb' };
      const port = { uuid: '00000000-0000-4000-8000-0000000000cc', owner, mac: '52:54:00:99:00:03' };
      const plugged = await daemon.networks.createPort(ref, port, call);
      expect(plugged.plug).toEqual({ type: 'network', bridge: 'vkt7' });
      expect((await daemon.networks.definition(ref, 'current', call)).connections).toBe(1);
      await daemon.networks.deletePort(ref, port.uuid, call);
      expect(await daemon.networks.ports(ref, call)).toEqual([]);
    });

    test('a network defined again without hardware address keeps it', async () => {
      const { mac } = await daemon.networks.definition(ref, 'persistent', call);
      await daemon.networks.define(networkOf(natNetwork('blue', 7, uuid)), call);
      expect((await daemon.networks.definition(ref, 'persistent', call)).mac).toBe(mac);
    });

    test('after a restart of the daemon the network goes on with the same server', async () => {
      const before = run('pgrep', 'dnsmasq');
      await daemon.kernel.close();
      daemon = await startNetworkKernel(root, firewall);
      expect(await daemon.networks.find({ name: 'blue' }, call)).toMatchObject({ active: true, persistent: true });
      expect(run('pgrep', 'dnsmasq')).toBe(before);
      expect(daemon.messages).toEqual([]);
    });

    test('a server that died is started again with the daemon', async () => {
      run('pkill', '-9', 'dnsmasq');
      await daemon.kernel.close();
      daemon = await startNetworkKernel(root, firewall);
      expect(hostState().servers).toEqual(['blue']);
    });

    test('a stopped network leaves nothing', async () => {
      await daemon.networks.stop(ref, call);
      expect(hostState()).toEqual({ bridges: [], servers: [], owners: [] });
      expect(run('nft', 'list', 'ruleset')).toBe('');
      await expect(daemon.networks.stop(ref, call)).rejects.toMatchObject({ code: 55 });
      await daemon.networks.undefine(ref, call);
      expect(await daemon.networks.find({ name: 'blue' }, call)).toBeUndefined();
    });

    test('a network with limits has them on its bridge', async () => {
      const limited = natNetwork('blue', 7, uuid).replace(
        '<forward',
        "<bandwidth><inbound average='1000' peak='2000'/></bandwidth><forward",
      );
      await daemon.networks.define(networkOf(limited), call);
      await daemon.networks.start(ref, call);
      expect(run('tc', 'class', 'show', 'dev', 'vkt7')).toContain('class htb 1:2 parent 1:1');
      await daemon.networks.stop(ref, call);
      await daemon.networks.undefine(ref, call);
    });

    test('a network that cannot be started is inactive afterwards and leaves nothing', async () => {
      run('ip', 'link', 'add', 'vkt7', 'type', 'veth', 'peer', 'name', 'vkpeer');
      await daemon.networks.define(networkOf(natNetwork('blue', 7, uuid)), call);
      await expect(daemon.networks.start(ref, call)).rejects.toThrow('File exists');
      expect(await daemon.networks.find({ name: 'blue' }, call)).toMatchObject({ active: false });
      expect(hostState()).toEqual({ bridges: [], servers: [], owners: [] });
      expect(run('ip', '-br', 'link', 'show', 'vkt7')).toContain('vkt7');
    });
  });
});

/** A guest: a network namespace whose device is plugged into the bridge. */
function plugGuest(name: string, mac: string): void {
  run('ip', 'netns', 'add', name);
  run('ip', 'link', 'add', `h${name}`, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name);
  run('ip', 'link', 'set', `h${name}`, 'master', 'vkt7', 'up');
  run('ip', 'netns', 'exec', name, 'ip', 'link', 'set', 'eth0', 'address', mac, 'up');
}

function askForAddress(name: string): string {
  const script = join(tmpdir(), 'virtkit-udhcpc.sh');
  writeFileSync(script, '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  return run('sh', '-c', `ip netns exec ${name} busybox udhcpc -i eth0 -n -q -t 10 -T 1 -s ${script} 2>&1`);
}
