import { expect, test } from 'vitest';
import { readBalloonKiB, readBlockStatistics, readDrives, readNodeSizes } from './blocks.js';
import { readChardevs } from './chardevs.js';
import { stateOfRunState } from './run-state.js';
import { readCpus, readCpuSlots } from './vcpus.js';

test.each([
  [
    { status: 'running', running: true },
    { state: 'running', reason: 'unknown' },
  ],
  [
    { status: 'paused', running: false },
    { state: 'paused', reason: 'user' },
  ],
  [
    { status: 'io-error', running: false },
    { state: 'paused', reason: 'ioerror' },
  ],
  [
    { status: 'suspended', running: false },
    { state: 'pmsuspended', reason: 'unknown' },
  ],
  [
    { status: 'shutdown', running: false },
    { state: 'shutdown', reason: 'unknown' },
  ],
  [
    { status: 'of the future', running: false },
    { state: 'paused', reason: 'unknown' },
  ],
])('run state %o', (answer, state) => {
  expect(stateOfRunState(answer)).toEqual(state);
});

test('virtual CPUs come by number with their threads', () => {
  const answer = [
    { 'cpu-index': 1, 'thread-id': 21, 'qom-path': '/machine/peripheral/vcpu1' },
    { 'cpu-index': 0, 'thread-id': 20, 'qom-path': '/machine/unattached/device[0]' },
  ];
  expect(readCpus(answer).map(({ index, thread }) => [index, thread])).toEqual([
    [0, 20],
    [1, 21],
  ]);
});

test('places for CPUs are ordered, with the alias of what we plugged in', () => {
  const slots = readCpuSlots([
    { type: 'q', 'vcpus-count': 1, props: { 'socket-id': 1, 'core-id': 0 } },
    { type: 'q', 'vcpus-count': 1, props: { 'socket-id': 0, 'core-id': 0 }, 'qom-path': '/machine/peripheral/vcpu0' },
  ]);
  expect(slots.map((slot) => slot.alias)).toEqual(['vcpu0', undefined]);
});

test('terminals and open channels by label', () => {
  const states = readChardevs([
    { label: 'charserial0', filename: 'pty:/dev/pts/3', 'frontend-open': true },
    { label: 'charchannel0', filename: 'unix:/x', 'frontend-open': false },
  ]);
  expect(states.get('charserial0')).toEqual({ open: true, pty: '/dev/pts/3' });
  expect(states.get('charchannel0')).toEqual({ open: false });
});

test('counters of disks by alias and by node', () => {
  const { devices, nodes } = readBlockStatistics([
    {
      qdev: '/machine/peripheral/virtio-disk0/virtio-backend',
      'node-name': 'libvirt-1-format',
      stats: { rd_operations: 3, rd_bytes: 512 },
      parent: { stats: { wr_highest_offset: 99 } },
    },
    { qdev: 'ide0-0-0', stats: {} },
  ]);
  expect(devices.get('virtio-disk0')).toMatchObject({ readRequests: 3n, readBytes: 512n, highestOffset: 99n });
  expect([...devices.keys(), ...nodes.keys()]).toEqual(['virtio-disk0', 'ide0-0-0', 'libvirt-1-format']);
});

test('sizes of nodes, states of drives and the balloon', () => {
  const sizes = readNodeSizes([{ 'node-name': 'n', image: { 'virtual-size': 100, 'actual-size': 7 } }]);
  expect(sizes.get('n')).toEqual({ capacity: 100n, physical: 7n });
  const drives = readDrives([{ qdev: 'ide0-0-1', removable: true, tray_open: true, locked: false }]);
  expect(drives.get('ide0-0-1')).toMatchObject({ empty: true, trayOpen: true });
  expect(readBalloonKiB({ actual: 2048 })).toBe(2);
});

test('an answer of the wrong shape reads as nothing', () => {
  expect(readCpus('x')).toEqual([]);
  expect(readNodeSizes([1, null, { image: 3 }])).toEqual(new Map());
});
