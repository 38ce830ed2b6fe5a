import { expect, test } from 'vitest';
import { PortAllocator } from '../process/port-allocator.js';
import { definitionOf } from '../testing/definitions.js';
import { placeDisplays, releaseDisplays } from './displays.js';

const ports = () => ({
  display: new PortAllocator('display', 42_900, 42_910),
  websocket: new PortAllocator('websocket', 42_911, 42_915),
});
const defaults = { vncListen: '127.0.0.1', spiceListen: '::1', spiceTls: false };

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
  expect(await taken.display.take()).toBe(42_900);
});

test('a display on a socket needs no port', async () => {
  const definition = definitionOf(`<graphics type='vnc'><listen type='socket' socket='/x'/></graphics>`);
  await placeDisplays(definition, ports(), defaults);
  expect(definition.devices.graphics[0]).not.toHaveProperty('port', 42_900);
});

test('a spice channel that must be secure needs TLS, which a port is chosen for only where it is configured', async () => {
  const spice = `<graphics type='spice' autoport='yes'><channel name='main' mode='secure'/></graphics>`;
  const plain = placeDisplays(definitionOf(spice), ports(), defaults);
  await expect(plain).rejects.toThrow('spice TLS is disabled in qemu.conf');
  const definition = definitionOf(spice);
  await placeDisplays(definition, ports(), { ...defaults, spiceTls: true });
  expect(definition.devices.graphics[0]).toMatchObject({ port: 42_900, tlsPort: 42_901 });
});
