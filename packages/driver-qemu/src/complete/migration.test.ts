import { parseDomain } from '@virtkit/schema';
import { expect, test } from 'vitest';
import { definitionForMigration } from './migration.js';

const guest = (devices: string, os = "<type arch='x86_64' machine='pc-q35-7.2'>hvm</type>") =>
  parseDomain(
    `<domain type='qemu'><name>g</name><memory>1024</memory><os>${os}</os><devices>${devices}</devices></domain>`,
  );
const devicesOf = (devices: string) => definitionForMigration(guest(devices)).devices;

test('the sound a guest has by itself is left out, any other stays', () => {
  expect(devicesOf("<audio id='1' type='none'/>").audios).toEqual([]);
  expect(devicesOf("<graphics type='spice'/><audio id='1' type='spice'/>").audios).toEqual([]);
  expect(devicesOf("<graphics type='spice'/><audio id='1' type='none'/>").audios).toHaveLength(1);
  expect(devicesOf("<audio id='1' type='none' timerPeriod='50'/>").audios).toHaveLength(1);
  expect(devicesOf("<audio id='2' type='none'/>").audios).toHaveLength(1);
});

test('the first bus is left out only where it is the only one', () => {
  const root = "<controller type='pci' index='0' model='pci-root'/>";
  expect(devicesOf(root).controllers).toEqual([]);
  expect(devicesOf(`${root}<controller type='pci' index='1' model='pci-bridge'/>`).controllers).toHaveLength(2);
});

test('a watchdog that came with the machine is left out unless it does something else', () => {
  expect(devicesOf("<watchdog model='itco' action='reset'/>").watchdogs).toEqual([]);
  expect(devicesOf("<watchdog model='itco' action='shutdown'/>").watchdogs).toHaveLength(1);
});

test('what was found out about a firmware goes once its image is known', () => {
  const firmware = `<type arch='x86_64' machine='pc-q35-7.2'>hvm</type><firmware><feature enabled='no' name='secure-boot'/></firmware>`;
  const found = guest('', `${firmware}<loader type='pflash'>/x/CODE.fd</loader>`);
  found.os.firmware = 'efi';
  expect(definitionForMigration(found).os).toMatchObject({ loader: { path: '/x/CODE.fd' } });
  expect(definitionForMigration(found).os.firmware).toBeUndefined();
  const open = guest('', firmware);
  open.os.firmware = 'efi';
  expect(definitionForMigration(open).os.firmware).toBe('efi');
  expect(found.os.firmware).toBe('efi');
});

test('a display that listens nowhere has no port of its own', () => {
  expect(devicesOf("<graphics type='spice'><listen type='none'/></graphics>").graphics).toMatchObject([
    { listens: [], autoport: false },
  ]);
});
