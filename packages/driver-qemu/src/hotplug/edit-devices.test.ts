import { expect, test } from 'vitest';
import { definitionOf } from '../testing/definitions.js';
import { addDevice, devicesOf, dropDevice, findDevice, sameDevice } from './edit-devices.js';

const disk = (target: string, bus = 'virtio'): string =>
  `<disk type='file' device='disk'><source file='/${target}'/><target dev='${target}' bus='${bus}'/></disk>`;
const parsed = (devices: string) => definitionOf(devices).devices;
const targets = (definition: ReturnType<typeof definitionOf>) =>
  definition.devices.disks.map(({ target }) => target.dev);

test.each([
  ['vdb', ['vda', 'vdb', 'vdc', 'sda']],
  ['vdd', ['vda', 'vdc', 'vdd', 'sda']],
])('a disk %s goes between those of its bus', (target, expected) => {
  const definition = definitionOf(disk('vda') + disk('vdc') + disk('sda', 'scsi'));
  const [device] = parsed(disk(target)).disks;
  if (device !== undefined) addDevice(definition, { kind: 'disk', device });
  expect(targets(definition)).toEqual(expected);
});

test('a disk of a new bus goes to the end', () => {
  const definition = definitionOf(disk('vda'));
  const [device] = parsed(disk('sda', 'scsi')).disks;
  if (device !== undefined) addDevice(definition, { kind: 'disk', device });
  expect(targets(definition)).toEqual(['vda', 'sda']);
});

test('interfaces are found by MAC, and refused when that is not enough', () => {
  const one = `<interface type='user'><mac address='52:54:00:00:00:01'/></interface>`;
  const two = `<interface type='user'><mac address='52:54:00:00:00:02'/></interface>`;
  const [wanted] = parsed(two).interfaces;
  if (wanted === undefined) throw new Error('no interface');
  const definition = definitionOf(one + two);
  const found = findDevice(definition, { kind: 'interface', device: wanted });
  expect(found).toBe(definition.devices.interfaces[1]);
  expect(() => findDevice(definitionOf(two + two), { kind: 'interface', device: wanted })).toThrow(
    'multiple devices matching MAC address 52:54:00:00:00:02 found',
  );
});

test('other devices are found by what the document says of them, and taken out', () => {
  const rng = `<rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>`;
  const definition = definitionOf(rng);
  const [device] = parsed(rng).rngs;
  if (device === undefined) throw new Error('no rng');
  const found = findDevice(definition, { kind: 'rng', device });
  expect(found).toBeDefined();
  if (found !== undefined) dropDevice(definition, 'rng', found);
  expect(devicesOf(definition, 'rng')).toEqual([]);
});

test('what the client leaves open does not matter', () => {
  expect(sameDevice({ model: 'a', address: 1 }, { model: 'a' })).toBe(true);
  expect(sameDevice({ model: 'a' }, { model: 'a', address: 1 })).toBe(false);
  expect(sameDevice({ list: [1, 2] }, { list: [1] })).toBe(true);
  expect(sameDevice({ alias: 'x' }, { alias: 'y' })).toBe(true);
});

test('memory devices count in the total, as long as they are there', () => {
  const definition = definitionOf('');
  const before = definition.memory.size ?? 0;
  const [device] = parsed("<memory model='dimm'><target><size unit='KiB'>1024</size></target></memory>").memory;
  if (device === undefined) throw new Error('the guest has none');
  addDevice(definition, { kind: 'memory', device });
  expect(definition.memory.size).toBe(before + 1024);
  dropDevice(definition, 'memory', device);
  expect(definition.memory.size).toBe(before);
});

test('a channel without a path is found by its name', () => {
  const channel = (source: string, name: string) =>
    `<channel type='unix'>${source}<target type='virtio' name='${name}'/></channel>`;
  const definition = definitionOf(channel("<source mode='bind' path='/run/a'/>", 'a') + channel('', 'b'));
  const [wanted] = parsed(channel('', 'a')).channels;
  if (wanted === undefined) throw new Error('the guest has none');
  expect(findDevice(definition, { kind: 'channel', device: wanted })).toBe(definition.devices.channels[0]);
});
