import { describe, expect, test } from 'vitest';
import { isVirtError } from '../errors/virt-error.js';
import { parseDomain } from './document.js';

const guest = (inner: string): string =>
  `<domain type='qemu'><name>a</name><memory>1048576</memory><os><type arch='x86_64'>hvm</type></os>${inner}</domain>`;

function refusal(text: string, strict = true): string | undefined {
  try {
    parseDomain(text, { strict });
    return undefined;
  } catch (error) {
    if (!isVirtError(error)) throw error;
    return `${error.code}/${error.origin}`;
  }
}

const invalid = '92/5';

describe('a document that is held against the schema', () => {
  test.each([
    ['an element given twice', '<on_crash>destroy</on_crash><on_crash>destroy</on_crash>'],
    ['two lists of devices', '<devices/><devices/>'],
    ['an unknown element', '<nonesuch/>'],
    ['firmware tables without entries', "<sysinfo type='smbios'><bios/></sysinfo>"],
    [
      'enlightenments that are passed through and named',
      "<features><hyperv mode='passthrough'><vapic state='on'/></hyperv></features>",
    ],
    ['a clock without offset', '<clock/>'],
    ['words between elements', '<features>acpi</features>'],
    ['an image without a whole path', "<devices><disk><source file='a.img'/><target dev='vda'/></disk></devices>"],
    ['an image without a place in the guest', "<devices><disk><source file='/a'/></disk></devices>"],
    ['an element of a namespace nobody published', "<x:y xmlns:x='urn:x'/>"],
    ['a slot no bus has', "<devices><sound model='ac97'><address type='pci' slot='0x20'/></sound></devices>"],
    ['what is refused anyway', "<devices><interface type='network'/></devices>"],
  ])('is refused for %s', (_, inner) => {
    expect(refusal(guest(inner))).toBe(invalid);
  });

  test.each([
    '',
    "<devices><disk type='file'><source file='/a'/><target dev='vda'/></disk></devices>",
    "<clock offset='utc'/>",
    "<bhyve:commandline xmlns:bhyve='http://libvirt.org/schemas/domain/bhyve/1.0'/>",
    "<devices><disk type='block'><source dev='sda'/><target dev='vda'/></disk></devices>",
  ])('is accepted with %s', (inner) => {
    expect(refusal(guest(inner))).toBeUndefined();
  });

  test.each([
    ['its root', '<network><nonesuch/></network>', '27/5'],
    ['its name', "<domain type='qemu'><nonesuch/></domain>", '21/20'],
    ['its uuid', "<domain type='qemu'><name>a</name><uuid>1</uuid><nonesuch/></domain>", '1/20'],
  ])('is refused for %s first', (_, text, code) => {
    expect(refusal(text)).toBe(code);
  });

  test('is not judged where nobody asked', () => {
    expect(refusal(guest('<nonesuch/>'), false)).toBeUndefined();
  });
});

test('devices of several lists are read as one', () => {
  const list = "<devices><memballoon model='none'/></devices>";
  expect(parseDomain(guest(list)).devices.memballoon?.model).toBe('none');
  expect(() => parseDomain(guest(list + list))).toThrow('only a single memory balloon device is supported');
});

test.each([
  ['-1', undefined],
  ['3', 3],
])('a serial port numbered %s has number %s', (port, number) => {
  const serial = `<serial type='pty'><target port='${port}'/></serial>`;
  const { devices } = parseDomain(guest(`<devices>${serial}</devices>`));
  expect(devices.serials[0]?.target?.port).toBe(number);
});
