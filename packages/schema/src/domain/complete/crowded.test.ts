import { describe, expect, test } from 'vitest';
import { parseDomain } from '../document.js';
import { completeDomain } from './complete-domain.js';

const options = { randomUuid: () => '00010203-0405-4607-8809-0a0b0c0d0e0f', randomMac: () => '52:54:00:00:00:01' };
const guest = (devices: string, more = ''): string =>
  `<domain type='qemu'><name>a</name><memory>1048576</memory>${more}<os><type arch='x86_64' machine='pc'>hvm</type></os><devices>${devices}</devices></domain>`;
const many = (count: number, one: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => one(i)).join('');
const complete = (text: string): ReturnType<typeof completeDomain> =>
  completeDomain(parseDomain(text), { ...options, isNew: true }, [], undefined);

/** `aa`, `ab` … `zz`, `aaa` …: names of disks. */
const letters = (index: number): string =>
  index < 0 ? '' : letters(Math.floor(index / 26) - 1) + String.fromCharCode(97 + (index % 26));
const disk = (bus: string) => (i: number) =>
  `<disk type='file'><source file='/${i}'/><target dev='sd${letters(15_000 - i)}' bus='${bus}'/></disk>`;

describe('documents of more devices than any machine has', () => {
  test.each([
    ['serial devices', guest(many(15_000, () => `<serial type='pty'/>`))],
    ['parallel devices', guest(many(15_000, () => `<parallel type='pty'/>`))],
    ['smart cards', guest(many(15_000, () => `<smartcard mode='host'/>`))],
    ['disks in the opposite order', guest(many(15_000, disk('scsi')))],
    ['NUMA cells', guest('', `<cpu><numa>${many(15_000, () => `<cell memory='1'/>`)}</numa></cpu>`)],
  ])('are completed in time that grows with their size: %s', (_name, text) => {
    const before = process.cpuUsage();
    complete(text);
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(4000);
  });

  test('controllers without end are refused', () => {
    expect(() => complete(guest(many(5000, () => `<controller type='scsi'/>`)))).toThrow('more than 4096 controllers');
  });

  test('devices without end are refused', () => {
    expect(() => complete(guest(many(20_000, () => `<serial type='pty'/>`)))).toThrow('more than 16384 devices');
  });

  test('a table of distances between too many cells is refused before it is made', () => {
    const cells = many(
      15_000,
      (i) => `<cell memory='1'>${i > 0 ? '' : `<distances><sibling id='1' value='20'/></distances>`}</cell>`,
    );
    expect(() => complete(guest('', `<cpu><numa>${cells}</numa></cpu>`))).toThrow('more than 512 NUMA cells');
  });
});

test('disks stand by bus and name, those of equal names as they came', () => {
  const one = (dev: string, bus: string, file: string): string =>
    `<disk type='file'><source file='/${file}'/><target dev='${dev}' bus='${bus}'/></disk>`;
  const { devices } = complete(
    guest(one('sdb', 'scsi', '1') + one('vdb', 'virtio', '2') + one('sda', 'scsi', '3') + one('vda', 'virtio', '4')),
  );
  expect(devices.disks.map(({ target }) => target.dev)).toEqual(['sda', 'sdb', 'vda', 'vdb']);
});

test('controllers without number take the lowest free ones of their type', () => {
  const { devices } = complete(
    guest(
      `<controller type='scsi' index='1'/><controller type='scsi'/><controller type='scsi'/><controller type='ccid'/>`,
    ),
  );
  expect(devices.controllers.filter(({ type }) => type === 'scsi').map(({ index }) => index)).toEqual([1, 0, 2]);
});
