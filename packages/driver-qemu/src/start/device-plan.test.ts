import { expect, test } from 'vitest';
import { definitionOf } from '../testing/definitions.js';
import { guestPaths, driverPaths } from '../process/guest-paths.js';
import { charSockets, labelDomain, placeChannels } from './device-plan.js';

const directories = { config: '/c', state: '/s', run: '/r', log: '/l', cache: '/k' };
const paths = guestPaths(driverPaths(directories), 'a-very-long-name-of-a-guest', 3);

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

test('the user of QEMU is shown, unless the document labels the guest itself', () => {
  const plain = definitionOf('');
  labelDomain(plain, { uid: 7, gid: 8 });
  expect(plain.seclabels).toMatchObject([{ model: 'dac', label: '+7:+8' }]);
  const none = definitionOf('');
  labelDomain(none, undefined);
  expect(none.seclabels).toBeUndefined();
});
