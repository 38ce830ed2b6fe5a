import { expect, test } from 'vitest';
import { selected } from './select.js';

const xml = `<domain type='kvm' id='1'>
  <name>a &amp; b</name>
  <memory unit='KiB'>1024</memory>
  <devices>
    <disk type='file' device='disk'>
      <source file='/it&apos;s'/>
      <target dev='vda' bus='virtio'/>
    </disk>
    <disk type='block' device='cdrom'>
      <target dev='sda' bus='sata'/>
    </disk>
    <interface type='network'>
      <mac address='52:54:00:00:00:01'/>
    </interface>
  </devices>
</domain>
`;
const values = (expression: string): string => selected(xml, expression).join('|');

test('elements are moved to the left edge and written with double quotes', () => {
  expect(selected(xml, '/domain/devices/disk[1]')).toEqual([
    `<disk type="file" device="disk">\n  <source file="/it's"/>\n  <target dev="vda" bus="virtio"/>\n</disk>`,
  ]);
});

test.each([
  ['/domain/name/text()', 'a &amp; b'],
  ['//@bus', ' bus="virtio"| bus="sata"'],
  ["//disk[@device='cdrom']/target/@dev", ' dev="sda"'],
  ['//disk[last()]/target/@dev', ' dev="sda"'],
  ['//disk[position() < 2]/target/@dev', ' dev="vda"'],
  ['//target[@bus="virtio" or @bus="ide"]/@dev', ' dev="vda"'],
  ['//disk[source and not(@type="block")]/target/@dev', ' dev="vda"'],
  ["//target[starts-with(@dev, 'sd')]/../@type", ' type="block"'],
  ['//mac/ancestor::*[1]/@type', ' type="network"'],
  ['//disk[1]/following-sibling::*/@type', ' type="block"| type="network"'],
  ['//interface/preceding-sibling::disk[1]/@type', ' type="block"'],
  ['/domain/@id | /domain/@type', ' type="kvm"| id="1"'],
  ['/domain[memory * 2 = 2048]/@id', ' id="1"'],
  ['/domain[memory div 2 > 1000]/@id', ''],
  ['/domain[count(devices/*) - 1 = 2]/@id', ' id="1"'],
  ['(//disk)[2]/@type', ' type="block"'],
  ['//disk[1]//@*', ' type="file"| device="disk"| file="/it\'s"| dev="vda"| bus="virtio"'],
  ["//*[local-name() = 'mac']/@address", ' address="52:54:00:00:00:01"'],
  ['descendant::mac/self::node()/@address', ' address="52:54:00:00:00:01"'],
  ["//disk[contains(concat(@type, ':', @device), 'k:c')]/@type", ' type="block"'],
  ["/domain[normalize-space(substring(name, 1, 3)) = 'a &']/@id", ' id="1"'],
  ["/domain[translate(name, 'ab', 'x') = 'x & ']/@id", ' id="1"'],
  ['/nothing', ''],
])('%s', (expression, found) => {
  expect(values(expression)).toBe(found);
});

test.each(['//[', '/domain[', 'foo(1)', "'open", '/domain/', 'count()', '$a', '//a]', 'count(1 2)'])(
  '%s is no XPath',
  (expression) => {
    expect(() => values(expression)).toThrow(/^Invalid xpath '.*': not understood from character \d+ on$/);
  },
);

test.each([
  ['count(//*)', 'number'],
  ['string(/domain/name)', 'string'],
  ['1 = 1', 'boolean'],
])('%s gives no nodes', (expression, kind) => {
  expect(() => values(expression)).toThrow(`Incorrect xpath '${expression}': it gives a ${kind}, no nodes`);
});
