import { expect, test } from 'vitest';
import { definitionOf } from '../../testing/definitions.js';
import { refuseFixedDrive, refuseIrreplaceable, refuseUnattachable } from './live-kinds.js';

test('of a definition disks, displays and network cards are replaced, other devices are not', () => {
  const { controllers, graphics } = definitionOf("<graphics type='vnc'/><controller type='usb'/>").devices;
  const [controller, display] = [controllers[0], graphics[0]];
  if (controller === undefined || display === undefined) throw new Error('the guest has neither');
  expect(() => refuseIrreplaceable({ kind: 'graphics', device: display })).not.toThrow();
  expect(() => refuseIrreplaceable({ kind: 'controller', device: controller })).toThrow(
    "Operation not supported: persistent update of device 'controller' is not supported",
  );
});

test.each([
  ['cdrom', 'sata', "disk device type 'cdrom' cannot be detached"],
  ['floppy', 'fdc', "disk device type 'floppy' cannot be detached"],
  ['disk', 'ide', 'This type of disk cannot be hot unplugged'],
])('a %s on %s stays with the machine', (device, bus, message) => {
  const [disk] = definitionOf(
    `<disk type='file' device='${device}'><target dev='${bus === 'fdc' ? 'fda' : 'sda'}' bus='${bus}'/></disk>`,
  ).devices.disks;
  if (disk === undefined) throw new Error('the guest has none');
  expect(() => refuseFixedDrive(disk)).toThrow(message);
});

test('a CD drive on USB can be taken away', () => {
  const [disk] = definitionOf("<disk type='file' device='cdrom'><target dev='sda' bus='usb'/></disk>").devices.disks;
  if (disk === undefined) throw new Error('the guest has none');
  expect(() => refuseFixedDrive(disk)).not.toThrow();
});

test('a definition gets no second display, balloon or the like', () => {
  const [display] = definitionOf("<graphics type='vnc'/>").devices.graphics;
  if (display === undefined) throw new Error('the guest has none');
  expect(() => refuseUnattachable({ kind: 'graphics', device: display })).toThrow(
    "Operation not supported: persistent attach of device 'graphics' is not supported",
  );
});

test('character devices are told of as one kind', () => {
  const [channel] = definitionOf("<channel type='pty'><target type='virtio' name='x'/></channel>").devices.channels;
  if (channel === undefined) throw new Error('the guest has none');
  expect(() => refuseUnattachable({ kind: 'channel', device: channel })).not.toThrow();
  expect(() => refuseIrreplaceable({ kind: 'channel', device: channel })).toThrow("update of device 'chr'");
});
