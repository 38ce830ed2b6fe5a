import { expect, test } from 'vitest';
import { definitionOf } from '../../testing/definitions.js';
import { refuseIrreplaceable } from './live-kinds.js';

test('of a definition disks, displays and network cards are replaced, other devices are not', () => {
  const { controllers, graphics } = definitionOf("<graphics type='vnc'/><controller type='usb'/>").devices;
  const [controller, display] = [controllers[0], graphics[0]];
  if (controller === undefined || display === undefined) throw new Error('the guest has neither');
  expect(() => refuseIrreplaceable({ kind: 'graphics', device: display })).not.toThrow();
  expect(() => refuseIrreplaceable({ kind: 'controller', device: controller })).toThrow(
    "Operation not supported: persistent update of device 'controller' is not supported",
  );
});
