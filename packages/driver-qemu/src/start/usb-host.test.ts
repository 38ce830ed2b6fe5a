import { expect, test } from 'vitest';
import type { FileTree } from '@virtkit/host';
import { definitionOf } from '../testing/definitions.js';
import { findUsbDevices, usbDeviceFiles } from './usb-host.js';

/** A hub and two sticks of one kind. */
const files: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  usb1: { idVendor: '1d6b', idProduct: '0002', busnum: '1', devnum: '1' },
  '1-1': { idVendor: '0781', idProduct: '5567', busnum: '1', devnum: '4' },
  '1-2': { idVendor: '0781', idProduct: '5567', busnum: '1', devnum: '12' },
  '1-1:1.0': {},
};
const tree: FileTree = {
  text: (path) => {
    const [name = '', file = ''] = path.split('/').slice(-2);
    return files[name]?.[file];
  },
  names: () => Object.keys(files),
};
const guest = (source: string, policy = '') =>
  definitionOf(`<hostdev mode='subsystem' type='usb'><source${policy}>${source}</source></hostdev>`);
const id = (vendor: string, product: string) => `<vendor id='0x${vendor}'/><product id='0x${product}'/>`;

test('a device is found by vendor and product, and shown where it is', () => {
  const definition = guest(id('1d6b', '0002'));
  findUsbDevices(definition, tree);
  expect(definition.devices.hostdevs[0]?.source).toMatchObject({ address: { bus: 1, device: 1 } });
  expect(usbDeviceFiles(definition)).toEqual(['/dev/bus/usb/001/001']);
});

test('one of two alike is chosen by its address', () => {
  const definition = guest(`${id('0781', '5567')}<address bus='1' device='12'/>`);
  findUsbDevices(definition, tree);
  expect(usbDeviceFiles(definition)).toEqual(['/dev/bus/usb/001/012']);
});

test.each([
  [id('1234', '5678'), 'Did not find USB device 1234:5678'],
  ["<address bus='3' device='9'/>", 'Did not find USB device bus:3 device:9'],
  [`${id('0781', '5567')}<address bus='1' device='5'/>`, 'Did not find USB device 0781:5567 bus:1 device:5'],
  [id('0781', '5567'), 'Multiple USB devices for 0781:5567, use <address> to specify one'],
])('%s is refused', (source, message) => {
  expect(() => findUsbDevices(guest(source), tree)).toThrow(message);
});

test('an optional one may be missing', () => {
  const definition = guest(id('1234', '5678'), " startupPolicy='optional'");
  findUsbDevices(definition, tree);
  expect(definition.devices.hostdevs[0]?.source).toMatchObject({ missing: true });
  expect(usbDeviceFiles(definition)).toEqual([]);
});
