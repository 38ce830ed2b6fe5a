import { expect, test } from 'vitest';
import { formatDomain, parseDomain } from '../document.js';
import { completeDomain } from './complete-domain.js';

const options = { randomUuid: () => '00010203-0405-4607-8809-0a0b0c0d0e0f', randomMac: () => '52:54:00:00:00:01' };

/** A document as it is shown after it was accepted. */
function shown(text: string): string {
  return formatDomain(completeDomain(parseDomain(text), { ...options, isNew: true }, [], undefined));
}

const place = (unit: number): string => `<address type='drive' controller='0' bus='0' target='0' unit='${unit}'/>`;
const disk = (name: string, unit: number): string =>
  `<disk type='file' device='disk'><source file='/a'/><target dev='${name}' bus='sata'/>${place(unit)}</disk>`;
const serial = (port: number): string => `<serial type='pty'><target type='isa-serial' port='${port}'/></serial>`;
const uuid = '<uuid>00010203-0405-4607-8809-0a0b0c0d0e0f</uuid>';
const guest = (devices: string): string =>
  `<domain type='qemu'><name>a</name>${uuid}<memory>1048576</memory><os><type arch='x86_64' machine='pc'>hvm</type></os><devices>${devices}</devices></domain>`;

const emulator = '<emulator>/bin/qemu</emulator>';
const written = `${emulator}<audio id='1' type='none'/>`;

test('a document this program wrote is shown as it stands', () => {
  const text = shown(guest(written + disk('sdb', 1) + disk('sda', 0) + serial(4)));
  expect(text.indexOf("dev='sdb'")).toBeLessThan(text.indexOf("dev='sda'"));
  expect(shown(text)).toBe(text);
});

test('another document is put in order, and ports that no PC has are refused', () => {
  const text = shown(guest(emulator + disk('sdb', 1) + disk('sda', 0)));
  expect(text.indexOf("dev='sda'")).toBeLessThan(text.indexOf("dev='sdb'"));
  expect(() => shown(guest(serial(4)))).toThrow("Maximum supported number of ISA serial ports is '4'");
  expect(() => shown(guest(serial(1) + serial(1)))).toThrow("target port '1' already allocated");
});

const hostScsi = (unit: number, inner = ''): string =>
  `<hostdev mode='subsystem' type='scsi'><source><adapter name='scsi_host0'/><address bus='0' target='0' unit='${unit}'/></source>${inner}</hostdev>`;
const scsiDisk = (name: string): string =>
  `<disk type='file' device='disk'><source file='/a'/><target dev='${name}' bus='scsi'/></disk>`;
/** Controller and unit of each drive, and the indexes of SCSI controllers. */
const places = (devices: string): readonly string[] =>
  [
    ...shown(guest(devices)).matchAll(
      /controller type='scsi' index='\d+'|controller='\d+' bus='0' target='0' unit='\d+'/g,
    ),
  ].map(([text]) =>
    text
      .replaceAll(/[^\d ]/g, '')
      .replaceAll(/ +/g, ' ')
      .trim(),
  );

test('SCSI devices of the host get free places, past those of disks, and their controllers', () => {
  expect(places(hostScsi(1) + scsiDisk('sda') + hostScsi(2))).toEqual(['0 0 0 0', '0', '0 0 0 1', '0 0 0 2']);
  expect(places(hostScsi(1, "<address type='drive' controller='1' bus='0' target='0' unit='0'/>"))).toEqual([
    '0',
    '1',
    '1 0 0 0',
  ]);
  expect(places(Array.from({ length: 8 }, (_, unit) => hostScsi(unit)).join('')).slice(-2)).toEqual([
    '0 0 0 6',
    '1 0 0 0',
  ]);
});

test('a controller without an index comes after the one a SCSI device of the host needs', () => {
  expect(places(`<controller type='scsi' model='virtio-scsi'/>${hostScsi(1)}`)).toEqual(['1', '0', '0 0 0 0']);
});

test('a name given at start is dropped, that of a device somebody else looks after is kept', () => {
  const card = (managed: string): string =>
    `<interface type='ethernet'><mac address='52:54:00:00:00:02'/><target dev='vnet7'${managed}/></interface>`;
  expect(shown(guest(card('')))).not.toContain('vnet7');
  expect(shown(guest(card(" managed='no'")))).toContain("<target dev='vnet7' managed='no'/>");
});

test('CPUs are placed as memory is, unless something is pinned', () => {
  const placed = (cputune: string): string =>
    guest('').replace('<os>', `<numatune><memory placement='auto'/></numatune>${cputune}<os>`);
  expect(shown(placed(''))).toContain("<vcpu placement='auto'>");
  expect(shown(placed("<cputune><emulatorpin cpuset='0'/></cputune>"))).toContain("<vcpu placement='static'>");
});
