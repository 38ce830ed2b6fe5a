import { expect, test } from 'vitest';
import { definitionOf, guest } from '../../test/definition-of.js';

const channel = (path: string): string =>
  `<channel type='unix'><source mode='bind' path='${path}'/><target type='virtio' name='agent.0'/></channel>`;

function pathOf(path: string): string | undefined {
  const [found] = definitionOf(guest('pc', channel(path))).devices.channels;
  return found?.source.type === 'unix' ? found.source.path : undefined;
}

test.each([
  '/channels/domain-1-a/agent.0',
  '/channels/target/a.agent.0',
  '/run/libvirt/qemu/channel/1-a/agent.0',
  '/var/lib/libvirt/qemu/channel/target/domain-a/agent.0',
])('the socket %s was made for one run', (path) => {
  expect(pathOf(path)).toBeUndefined();
});

test.each(['/channels/other', '/tmp/agent.0', '/var/lib/libvirt/qemu/channel/own/deeper/agent.0'])(
  'the socket %s was chosen and stays',
  (path) => {
    expect(pathOf(path)).toBe(path);
  },
);
