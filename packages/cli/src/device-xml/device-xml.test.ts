import { expect, test } from 'vitest';
import { parseWords } from '../parse.js';
import { commands } from '../commands/index.js';
import { diskXml } from './disk.js';
import { interfaceXml } from './interface.js';

const makers = { 'attach-disk': diskXml, 'attach-interface': interfaceXml };

/** The document of a command on a guest `g`, without its line breaks. */
function made(verb: keyof typeof makers, ...words: readonly string[]): string {
  const command = commands.find(({ name }) => name === verb);
  if (command === undefined) throw new Error(verb);
  return makers[verb](parseWords(command, ['g', ...words])).replace(/\n */g, '');
}
const disk = (...words: readonly string[]): string => made('attach-disk', ...words);
const card = (...words: readonly string[]): string => made('attach-interface', ...words);

test('a disk has what was given, in the order of libvirt, and no more', () => {
  expect(disk('/a', 'vda')).toBe("<disk type='file'><source file='/a'/><target dev='vda'/></disk>");
  const words = '--type cdrom --mode readonly --serial s --wwn 5000c50015ea71ad --alias ua-x --rawio --iothread 2';
  expect(disk('/a', 'sda', ...words.split(' '), '--cache', 'none', '--driver', 'qemu', '--subdriver', 'qcow2')).toBe(
    "<disk type='file' device='cdrom' rawio='yes'><driver name='qemu' type='qcow2' iothread='2' cache='none'/>" +
      "<source file='/a'/><target dev='sda'/><readonly/><serial>s</serial><alias name='ua-x'/>" +
      '<wwn>5000c50015ea71ad</wwn></disk>',
  );
});

test.each([
  [
    ['vda', '--address', 'pci:0000.00.07.0', '--multifunction'],
    "type='pci' domain='0x0000' bus='0x00' slot='0x07' function='0x0' multifunction='on'",
  ],
  [['vda', '--address', 'pci:0x0.0xa.0x1f.0x7'], "type='pci' domain='0x0000' bus='0x0a' slot='0x1f' function='0x7'"],
  [['vda', '--address', 'ccw:fe.0.0010'], "type='ccw' cssid='0xfe' ssid='0x0' devno='0x0010'"],
  [['sda', '--address', 'scsi:10.0.9'], "type='drive' controller='10' bus='0' unit='9'"],
  [['sda', '--address', 'sata:1.2.3'], "type='drive' controller='1' bus='2' unit='3'"],
  [['sda', '--address', 'usb:1.2'], "type='usb' bus='1' port='2'"],
  [['hda', '--address', 'ide:00.00.1'], "type='drive' controller='0' bus='0' unit='1'"],
])('%s has the address %s', (words, address) => {
  expect(disk('/a', ...words)).toContain(`<address ${address}/>`);
});

test('a disk over the network has its hosts', () => {
  expect(disk('img', 'vda', '--source-protocol', 'rbd', '--source-host-name', 'h:6789')).toBe(
    "<disk type='network'><source protocol='rbd' name='img'><host name='h' port='6789'/></source><target dev='vda'/></disk>",
  );
  const socket = ['--source-host-transport', 'unix', '--source-host-socket', '/s'];
  expect(disk('img', 'vda', '--source-protocol', 'nbd', ...socket)).toContain("<host transport='unix' socket='/s'/>");
});

test.each([
  [['/a', 'vda', '--address', 'scsi:0.0.0'], 'expecting a pci:0000.00.00.00 or ccw:00.0.0000 address.'],
  [['/a', 'hda', '--address', 'pci:0.0.0.0'], 'expecting an ide:00.00.00 address.'],
  [['/a', 'vda', '--address', 'nowhere'], "Invalid address 'nowhere'"],
  [['/a', 'vda', '--mode', 'rw'], "No support for rw in command 'attach-disk'"],
  [['/a', 'vda', '--sourcetype', 'dir'], "Unknown source type: 'dir'"],
  [['/a', 'vda', '--sourcetype', 'network'], 'Option --source-protocol is required by option --sourcetype network'],
  [['/a', 'vda', '--source-host-name', 'h'], 'Option --source-protocol is required by option --source-host-name'],
  [['/a', 'vda', '--wwn', '5'], 'Malformed wwn: 5'],
])('%s is refused: %s', (words, reason) => {
  expect(() => disk(...words)).toThrow(reason);
});

test('an interface has what was given, in the order of libvirt', () => {
  const words =
    '--target t --mac 52:54:00:11:22:33 --script /s --model virtio --alias ua-n --inbound 1,2,3 --outbound 4';
  expect(card('bridge', 'br0', ...words.split(' '))).toBe(
    "<interface type='bridge'><source bridge='br0'/><target dev='t'/><mac address='52:54:00:11:22:33'/>" +
      "<script path='/s'/><model type='virtio'/><alias name='ua-n'/><bandwidth>" +
      "<inbound average='1' peak='2' burst='3'/><outbound average='4'/></bandwidth></interface>",
  );
  expect(card('hostdev', '0000:01:02.3', '--managed')).toBe(
    "<interface type='hostdev' managed='yes'><source>" +
      "<address type='pci' domain='0x0000' bus='0x01' slot='0x02' function='0x3'/></source></interface>",
  );
  expect(card('vhostuser', '/s', '--source-mode', 'server')).toContain("<source type='unix' path='/s' mode='server'/>");
});

test.each([
  [['user', 'x'], "No support for user in command 'attach-interface'"],
  [['hostdev', 'bad'], "cannot parse pci address 'bad' for network interface"],
  [['vhostuser', '/s'], 'source-mode is mandatory'],
  [['bridge', 'br0', '--inbound', 'x'], "field 'average' is malformed"],
  [['bridge', 'br0', '--inbound', ',2'], 'either inbound average or floor is mandatory'],
  [['bridge', 'br0', '--outbound', '1,2,3,4'], 'outbound floor is unsupported yet'],
])('%s is refused: %s', (words, reason) => {
  expect(() => card(...words)).toThrow(reason);
});
