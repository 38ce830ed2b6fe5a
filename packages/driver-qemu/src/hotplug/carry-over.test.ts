import { expect, test } from 'vitest';
import { definitionOf } from '../testing/definitions.js';
import { carryOver } from './carry-over.js';

const channel = (state: string): string =>
  `<channel type='unix'><target type='virtio' name='a' state='${state}'/><alias name='channel0'/></channel>`;
const drive = (tray: string): string =>
  `<disk type='file' device='cdrom'><target dev='sda' bus='sata' tray='${tray}'/><alias name='sata0-0-0'/></disk>`;

test('states of ports and trays, and what the balloon left, are the current ones', () => {
  const prepared = definitionOf(channel('disconnected') + drive('open'), { live: true });
  const current = definitionOf(channel('connected') + drive('closed'), { live: true });
  current.currentMemory = 1234;
  delete current.devices.disks[0]?.target.tray;
  const { devices, currentMemory } = carryOver(prepared, current);
  expect(devices.channels[0]?.target).toMatchObject({ state: 'connected' });
  expect(devices.disks[0]?.target.tray).toBeUndefined();
  expect(currentMemory).toBe(1234);
});
