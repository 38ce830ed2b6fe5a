import { expect, test } from 'vitest';
import { definitionOf, guest } from '../../../test/definition-of.js';

const tablet = "<input type='tablet' bus='usb'/>";

test('devices get the ports of the controller in order', () => {
  const { inputs } = definitionOf(guest('pc', tablet.repeat(2))).devices;
  expect(inputs.flatMap(({ address }) => (address?.type === 'usb' ? [address.port] : []))).toEqual(['1', '2']);
});

test('a hub is added where ports run out', () => {
  const { hubs, inputs } = definitionOf(guest('pc', tablet.repeat(4))).devices;
  expect(hubs).toHaveLength(1);
  const ports = inputs.flatMap(({ address }) => (address?.type === 'usb' ? [address.port] : []));
  expect(new Set(ports).size).toBe(4);
});

test('a port is used once', () => {
  const placed = "<input type='tablet' bus='usb'><address type='usb' bus='0' port='1'/></input>";
  expect(() => definitionOf(guest('pc', placed.repeat(2)))).toThrow();
});
