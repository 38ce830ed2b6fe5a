import type { CommandOptions, CommandResult, Commands } from '@virtkit/core';
import { describe, expect, test } from 'vitest';
import { parseLinks } from './link.js';
import { freeLinkName, IpLinks } from './links.js';
import { parseNeighbours } from './neighbours.js';
import { parseRoutes } from './routes.js';
import { parseLinkStatistics } from './statistics.js';

class FakeIp implements Commands {
  readonly inputs: string[] = [];
  answer: Partial<CommandResult> = {};

  async run(_program: string, args: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
    this.inputs.push(options.input ?? args.join(' '));
    return { code: 0, signal: null, stdout: '', stderr: '', ...this.answer };
  }
  async expect(program: string, args: readonly string[]): Promise<string> {
    return (await this.run(program, args)).stdout;
  }
  async find(): Promise<string> {
    return '/sbin/ip';
  }
}

describe('links', () => {
  test('a bridge is made in one step, delays in hundredths', async () => {
    const ip = new FakeIp();
    await new IpLinks(ip).createBridge('virbr0', { stp: true, forwardDelay: 2, mac: '52:54:00:00:00:01', mtu: 1400 });
    expect(ip.inputs).toEqual([
      'link add name virbr0 address 52:54:00:00:00:01 mtu 1400 type bridge stp_state 1 forward_delay 200\n',
    ]);
  });

  test('a bridge that cannot be made is refused in the words of libvirt', async () => {
    const ip = new FakeIp();
    ip.answer = { code: 2, stderr: 'RTNETLINK answers: Operation not permitted\nCommand failed -:1\n' };
    await expect(new IpLinks(ip).createBridge('virbr0', { stp: true, forwardDelay: 0 })).rejects.toMatchObject({
      code: 38,
      message: 'error creating bridge interface virbr0: Operation not permitted',
    });
  });

  test('a tap belongs to its owner and is plugged in', async () => {
    const ip = new FakeIp();
    await new IpLinks(ip).createTap('vnet0', { owner: 64055, vnetHeader: true, master: 'virbr0', up: true });
    expect(ip.inputs).toEqual([
      'tuntap add dev vnet0 mode tap user 64055 vnet_hdr\n',
      'link set dev vnet0 master virbr0\nlink set dev vnet0 up\n',
    ]);
  });

  test('a batch that stops says at which line and why', async () => {
    const ip = new FakeIp();
    ip.answer = { code: 1, stderr: 'RTNETLINK answers: File exists\nCommand failed -:2\n' };
    await expect(new IpLinks(ip).batch(['link add a', 'link add b'])).rejects.toMatchObject({
      message: 'internal error: ip link add b failed: RTNETLINK answers: File exists',
    });
  });

  test('a batch that ip does not understand is told whole', async () => {
    const ip = new FakeIp();
    ip.answer = { code: 1, stderr: 'Error: argument "b" is wrong: Device does not exist\n' };
    await expect(new IpLinks(ip).batch(['link set a up', 'link set a master b'])).rejects.toMatchObject({
      message:
        'internal error: ip link set a up; link set a master b failed: Error: argument "b" is wrong: Device does not exist',
    });
  });

  test.each(['', 'a b', 'a/b', '..', 'much-too-long-name', 'a;b\n'])('%j is no name of a device', async (name) => {
    await expect(new IpLinks(new FakeIp()).delete(name)).rejects.toMatchObject({ code: 8 });
  });

  test('devices are read with kind, master and addresses', () => {
    const text = `[{"ifindex":3,"ifname":"virbr0","flags":["BROADCAST","UP"],"mtu":1500,"operstate":"DOWN",
      "address":"52:54:00:12:34:56","linkinfo":{"info_kind":"bridge"},
      "addr_info":[{"family":"inet","local":"10.0.0.1","prefixlen":24}]},{}]`;
    expect(parseLinks(text)).toEqual([
      {
        index: 3,
        name: 'virbr0',
        kind: 'bridge',
        mac: '52:54:00:12:34:56',
        mtu: 1500,
        up: true,
        operState: 'DOWN',
        addresses: [{ family: 'ipv4', address: '10.0.0.1', prefix: 24 }],
      },
    ]);
  });

  test('counters are read for every device', () => {
    const text = 'Inter-|   Receive\n face |bytes\n vnet0: 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\n';
    expect(parseLinkStatistics(text).get('vnet0')).toMatchObject({
      rxBytes: 1n,
      rxDropped: 4n,
      txBytes: 9n,
      txErrors: 11n,
    });
  });

  test('the neighbour table by MAC, without incomplete entries', () => {
    const text = [
      'IP address       HW type     Flags       HW address            Mask     Device',
      '192.168.1.5      0x1         0x2         52:54:00:00:00:01     *        br0',
      '192.168.1.6      0x1         0x0         00:00:00:00:00:00     *        br0',
    ].join('\n');
    expect([...parseNeighbours(text)]).toEqual([['52:54:00:00:00:01', ['192.168.1.5']]]);
  });

  test('routes in the byte order of the kernel', () => {
    const text = 'Iface Destination Gateway Flags RefCnt Use Metric Mask MTU\neth0 0002A8C0 0 0001 0 0 0 00FFFFFF 0\n';
    expect(parseRoutes(text)).toEqual([{ device: 'eth0', destination: 0xc0a80200n, mask: 0xffffff00n }]);
  });

  test('the first free number is taken', () => {
    expect(freeLinkName('vnet', new Set(['vnet0', 'vnet2']))).toBe('vnet1');
  });
});
