import { expect, test } from 'vitest';
import { readAgentInterfaces } from './agent-interfaces.js';
import { informationGroups } from './guest-information.js';

const interfaces = [
  {
    name: 'eth0',
    'hardware-address': '52:54:00:00:00:01',
    'ip-addresses': [
      { 'ip-address': '10.0.2.15', 'ip-address-type': 'ipv4', prefix: 24 },
      { 'ip-address': 'x', 'ip-address-type': 'future', prefix: 1 },
    ],
  },
  { name: 'eth0:1', 'ip-addresses': [{ 'ip-address': 'fe80::1', 'ip-address-type': 'ipv6', prefix: 64 }] },
  { name: 'eth1' },
];

test('names with an alias count to their device, unknown kinds of addresses are passed over', () => {
  expect(readAgentInterfaces(interfaces)).toEqual([
    {
      name: 'eth0',
      mac: '52:54:00:00:00:01',
      addresses: [
        { family: 'ipv4', address: '10.0.2.15', prefix: 24 },
        { family: 'ipv6', address: 'fe80::1', prefix: 64 },
      ],
    },
    { name: 'eth1', addresses: [] },
  ]);
});

test.each([
  [
    'users',
    [{ user: 'root', 'login-time': 1.5 }],
    { 'user.count': 1, 'user.0.name': 'root', 'user.0.login-time': 1500n },
  ],
  ['hostname', { 'host-name': 'h' }, { hostname: 'h' }],
  ['timezone', { zone: 'UTC', offset: 0 }, { 'timezone.name': 'UTC', 'timezone.offset': 0 }],
  [
    'filesystem',
    [{ mountpoint: '/', name: 'vda1', type: 'ext4', 'total-bytes': 10, disk: [{ dev: '/dev/vda' }] }],
    {
      'fs.count': 1,
      'fs.0.mountpoint': '/',
      'fs.0.name': 'vda1',
      'fs.0.fstype': 'ext4',
      'fs.0.total-bytes': 10n,
      'fs.0.disk.count': 1,
      'fs.0.disk.0.device': '/dev/vda',
    },
  ],
])('the group %s in the names of libvirt', (group, answer, expected) => {
  const values = new Map<string, string | number | bigint | boolean>();
  informationGroups[group]?.read(answer, values);
  expect(Object.fromEntries(values)).toEqual(expected);
});
