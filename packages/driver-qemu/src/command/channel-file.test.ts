import { expect, test } from 'vitest';
import { definitionOf, guest } from '../../test/definition-of.js';
import { channelFile } from './channel-file.js';

test('a channel without a name is told from others by its place', () => {
  const channel = (target: string): string => `<channel type='unix'><target type='virtio' ${target}/></channel>`;
  const { channels } = definitionOf(guest('pc', channel('') + channel("name='org.example'") + channel(''))).devices;
  expect(channels.map(channelFile)).toEqual(['vioser-00-00-01.sock', 'org.example', 'vioser-00-00-03.sock']);
});
