import { expect, test } from 'vitest';
import { PortAllocator } from '../process/port-allocator.js';
import { definitionOf } from '../testing/definitions.js';
import { guestPaths, driverPaths } from '../process/guest-paths.js';
import { charSockets, labelDomain, placeChannels, placeDisplays, releaseDisplays } from './device-plan.js';

const directories = { config: '/c', state: '/s', run: '/r', log: '/l', cache: '/k' };
const paths = guestPaths(driverPaths(directories), 'a-very-long-name-of-a-guest', 3);
const ports = () => ({
  vnc: new PortAllocator('vnc', 42_900, 42_910),
  websocket: new PortAllocator('websocket', 42_911, 42_915),
  spice: new PortAllocator('spice', 42_916, 42_920),
});
const defaults = { vncListen: '127.0.0.1', spiceListen: '::1' };

test('folders of a guest carry its number and the start of its name', () => {
  expect(paths.folder).toBe('/s/qemu/domain-3-a-very-long-name-of-');
});

test('channels without a path get one in the folder of the guest, and a socket of ours', () => {
  const definition = definitionOf(
    `<channel type='unix'><target type='virtio' name='org.x'/><alias name='channel0'/></channel>
     <channel type='unix'><source mode='connect' path='/own'/><target type='virtio' name='org.y'/><alias name='channel1'/></channel>`,
    { live: true },
  );
  placeChannels(definition, paths);
  expect(charSockets(definition)).toEqual([{ alias: 'channel0', path: `${paths.channels}/org.x` }]);
});

test('displays get ports and addresses where they left them open, and give them back', async () => {
  const definition = definitionOf(
    `<graphics type='vnc' port='-1' autoport='yes'/><graphics type='vnc' port='42905' autoport='no' listen='0.0.0.0'/>`,
  );
  const taken = ports();
  await placeDisplays(definition, taken, defaults);
  const [first, second] = definition.devices.graphics;
  expect(first).toMatchObject({ port: 42_900, listens: [{ type: 'address', address: '127.0.0.1' }] });
  expect(second).toMatchObject({ port: 42_905, listens: [{ address: '0.0.0.0' }] });
  releaseDisplays(definition, taken);
  expect(await taken.vnc.take()).toBe(42_900);
});

test('a display on a socket needs no port', async () => {
  const definition = definitionOf(`<graphics type='vnc'><listen type='socket' socket='/x'/></graphics>`);
  await placeDisplays(definition, ports(), defaults);
  expect(definition.devices.graphics[0]).not.toHaveProperty('port', 42_900);
});

test('the user of QEMU is shown, unless the document labels the guest itself', () => {
  const plain = definitionOf('');
  labelDomain(plain, { uid: 7, gid: 8 });
  expect(plain.seclabels).toMatchObject([{ model: 'dac', label: '+7:+8' }]);
  const none = definitionOf('');
  labelDomain(none, undefined);
  expect(none.seclabels).toBeUndefined();
});
