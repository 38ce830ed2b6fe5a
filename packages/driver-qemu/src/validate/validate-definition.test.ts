import { isVirtError } from '@virtkit/schema';
import { describe, expect, test } from 'vitest';
import { definitionOf, guest } from '../../test/definition-of.js';

/** Number, origin and text of what refuses a guest; undefined where it is accepted. */
function refusal(devices: string, more = '', machine = 'pc'): string | undefined {
  try {
    definitionOf(guest(machine, devices, more));
    return undefined;
  } catch (error) {
    if (!isVirtError(error)) throw error;
    return `${error.code}/${error.origin} ${error.message.replace('unsupported configuration: ', '')}`;
  }
}

const reboot = '<on_reboot>preserve</on_reboot>';
const threads =
  "<iothreads>1</iothreads><iothreadids><iothread id='1' thread_pool_min='8' thread_pool_max='4'/></iothreadids>";
const copied =
  "<disk type='file' device='disk'><driver copy_on_read='on'/><source file='/a'/><target dev='vda'/><readonly/></disk>";
const isolated = "<interface type='user'><mac address='52:54:00:00:00:01'/><port isolated='yes'/></interface>";
const tpm = "<tpm model='tpm-crb'><backend type='emulator' version='1.2'/></tpm>";
const vnc = "<graphics type='vnc' passwd='1234567890123'/>";
const same = "<disk type='file' device='disk'><source file='/a'/><target dev='vdx'/></disk>".repeat(2);

describe('of several mistakes libvirt names one first', () => {
  test.each([
    ['the guest as a whole before its devices', reboot, copied, /^67\/10 qemu driver doesn't support the 'preserve'/],
    ['disks before interfaces', '', isolated + copied, /^67\/10 copy_on_read/],
    ['interfaces before TPMs', '', tpm + isolated, /^67\/20 interface .* isolated/],
    ['TPMs before displays', '', vnc + tpm, /^67\/10 TPM 1.2/],
    ['each device before what devices share', '', same + vnc, /^67\/10 VNC password/],
    ['names of disks before IOThreads', threads, same, /^27\/20 .*target 'vdx' duplicated/],
    ['IOThreads last', threads, '', /^67\/20 thread_pool_min/],
  ])('%s', (_, more, devices, words) => {
    expect(refusal(devices, more)).toMatch(words);
  });
});

const disk = (inner: string, target = "dev='vda' bus='virtio'", device = 'disk'): string =>
  `<disk type='file' device='${device}'><source file='/a'/><target ${target}/>${inner}</disk>`;
const balloon = "<memballoon model='virtio'><address type='unassigned'/></memballoon>";

test.each([
  [disk('<iotune><group_name>g</group_name></iotune>'), 'group_name can be configured only together with settings'],
  [disk('', "dev='sda' bus='virtio'", 'cdrom'), "disk type of 'sda' does not support ejectable media"],
  [disk('<readonly/>', "dev='hda' bus='ide'"), 'readonly ide disks are not supported'],
  [disk('<vendor>a</vendor>'), "Only scsi disk supports 'vendor'"],
  [balloon, "address of type 'unassigned' is supported only for hostdevs"],
  ["<controller type='ide' index='1'/>", 'Only a single IDE controller is supported for this machine type'],
  [
    "<shmem name='a'><model type='ivshmem-plain'/><server path='/x'/></shmem>",
    "shmem model 'ivshmem-plain' is supported only with server option disabled",
  ],
  [
    "<shmem name='a'><model type='ivshmem-doorbell'/></shmem>",
    "shmem model 'ivshmem-doorbell' is supported only with server option enabled",
  ],
  [
    disk('<readonly/><transient/>').replaceAll('file', 'block').replace('block=', 'dev='),
    "transient disk 'vda' must not be read-only",
  ],
  [disk("<driver name='foo'/>"), "unsupported driver name 'foo' for disk 'vda'"],
  ["<console type='pty'/><console type='pty'/>", 'Only the first console can be a serial port'],
  ["<video><model type='virtio'><acceleration/></model></video>", 'missing values for acceleration'],
  ['<nvram/>', 'nvram device is only supported for PPC64'],
  ["<iommu model='virtio'/>", "IOMMU device: 'virtio' is only supported with Q35 and ARM Virt machines"],
  [
    "<hostdev mode='subsystem' type='scsi_host'><source protocol='vhost' wwpn='naa.5123456789abcde0'/><boot order='1'/></hostdev>",
    'booting from assigned devices is not supported by vhost SCSI devices',
  ],
  ["<shmem name='a'><model type='ivshmem'/></shmem>", 'ivshmem device is no longer supported'],
  [
    disk("<driver name='qemu' type='vpc'/><encryption format='luks'/>"),
    "encryption is supported only with 'raw' and 'qcow2' image format",
  ],
  [
    disk("<driver name='qemu' type='iso'/>"),
    "storage format 'iso' is not directly supported by QEMU, use 'raw' instead",
  ],
  [
    disk("<driver name='qemu' type='dir'/>"),
    "'directory' storage format is not directly supported by QEMU, use 'dir' disk type instead",
  ],
  [disk("<driver name='qemu' type='none'/>"), "unknown driver format value 'none'"],
  [disk('', "dev='vda' bus='virtio' tray='open'"), 'tray is only valid for cdrom and floppy'],
  [disk('', "dev='sda' bus='sd'", 'cdrom'), "disk type of 'sda' does not support ejectable media"],
  ["<controller type='scsi' model='buslogic'/>", 'Unsupported controller model: buslogic'],
  [
    "<memballoon model='xen'><address type='pci' slot='4'/></memballoon>",
    "Memory balloon device type 'xen' is not supported by this version of qemu",
  ],
  ['<channel type="pty"><target/></channel>', "unknown target type '(null)' specified for character device"],
])('%s is refused', (devices, text) => {
  expect(refusal(devices)?.replace(/^67\/[12]0 /, '')).toBe(text);
});

test.each([
  ["<timer name='platform'/>", "unsupported timer type (name) 'platform'"],
  ["<timer name='rtc' tickpolicy='discard'/>", "unsupported rtc timer tickpolicy 'discard'"],
  ["<timer name='pit' tickpolicy='merge'/>", "unsupported pit tickpolicy 'merge'"],
  ["<timer name='pit' tickpolicy='catchup'/>", undefined],
])('of the clock with %s QEMU says %s', (timer, text) => {
  expect(refusal('', `<clock offset='utc'>${timer}</clock>`)).toBe(text === undefined ? undefined : `67/10 ${text}`);
});

test('ACPI tables with addresses of their own are not QEMU’s', () => {
  const withTable = (type: string): string =>
    guest('pc', '').replace('</os>', `<acpi><table type='${type}'>/a</table></acpi></os>`);
  expect(() => definitionOf(withTable('rawset'))).toThrow("ACPI table type 'rawset' is not supported");
  expect(() => definitionOf(withTable('slic'))).not.toThrow();
});

test('shares of caches are for KVM, and groups that say nothing are none', () => {
  const tune = (inner: string): string => `<cputune><cachetune vcpus='0'>${inner}</cachetune></cputune>`;
  expect(refusal('', tune("<cache id='0' level='3' type='both' size='3' unit='MiB'/>"))).toBe(
    '67/10 cachetune is only supported for KVM domains',
  );
  expect(refusal('', tune(''))).toBeUndefined();
});

test('interrupts beyond 255 CPUs are remapped by an IOAPIC of QEMU’s own', () => {
  const iommu = (driver: string): string => `<iommu model='intel'><driver ${driver}/></iommu>`;
  expect(refusal(iommu("eim='on'"), '', 'q35')).toBe('67/20 IOMMU eim requires interrupt remapping to be enabled');
  const { features } = definitionOf(guest('q35', iommu("eim='on' intremap='on'")));
  expect(features?.ioapic).toEqual({ driver: 'qemu' });
});

test('cards whose model says nothing have none', () => {
  const { interfaces } = definitionOf(guest('pc', "<interface type='user'><model type=''/></interface>")).devices;
  expect(interfaces[0]?.model?.type).toBe('rtl8139');
});

test.each([
  ['user', 'mtu size="9000"', 'setting MTU on interface type user is not supported yet'],
  ['ethernet', 'mtu size="9000"', undefined],
  [
    'ethernet',
    'coalesce><rx><frames max="3"/></rx></coalesce',
    'coalesce settings on interface type ethernet are not supported',
  ],
])('of a card of type %s with <%s> QEMU says %s', (type, inner, text) => {
  const element = inner.includes('>') ? `<${inner}>` : `<${inner}/>`;
  const words = refusal(`<interface type='${type}'>${element}</interface>`);
  expect(words).toBe(text === undefined ? undefined : `67/10 ${text}`);
});

test.each([
  ['<console type="pty"><target type="uml"/></console>', 'unsupported console target type uml'],
  ['<console type="pty"><target type="sclp"/></console>', 'sclpconsole is not supported in this QEMU binary'],
])('%s is no console of a PC', (devices, text) => {
  expect(refusal(devices)).toBe(`67/10 ${text}`);
});

const served = (inner: string, bus = 'virtio', driver = ''): string =>
  `<disk type='vhostuser' device='disk'><driver name='qemu' type='raw'${driver}/><source type='unix' path='/s'/><target dev='vda' bus='${bus}'/>${inner}</disk>`;
const sharedMemory = "<memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>";

test.each([
  [served(''), undefined],
  [served('', 'scsi'), '67/20 vhostuser disk supports only virtio bus'],
  [served('<serial>a</serial>'), '67/20 serial is not supported with vhostuser disk'],
  [served('', 'virtio', " cache='none'"), '67/20 cache is not supported with vhostuser disk'],
  [
    served('').replace('device=', "snapshot='internal' device="),
    '67/20 only snapshot=no is supported with vhostuser disk',
  ],
])('of a disk that another process serves, %s, is said: %s', (devices, text) => {
  expect(refusal(devices, sharedMemory)).toBe(text);
});

test('such a disk needs memory that process can see', () => {
  expect(refusal(served(''))).toBe("67/10 'vhostuser' requires shared memory");
});

test('displays that devices of the host and sound need must be there', () => {
  const mdev =
    "<hostdev mode='subsystem' type='mdev' model='vfio-pci' display='on'><source><address uuid='53764d0e-85a0-42b4-af5c-2046b460b1dc'/></source></hostdev>";
  expect(refusal(mdev)).toBe("67/10 graphics device is needed for attribute value 'display=on' in <hostdev>");
  expect(refusal(`${mdev}<graphics type='vnc'/>`)).toBeUndefined();
  expect(refusal("<audio id='1' type='spice'/>")).toBe('67/10 Spice audio is not supported without spice graphics');
});

test('a VNC display that is told to have no port has none', () => {
  const { graphics } = definitionOf(guest('pc', "<graphics type='vnc' autoport='no'/>")).devices;
  expect(graphics[0]).toMatchObject({ autoport: false });
  expect(graphics[0]).not.toHaveProperty('port');
});

test('nobody logs in where a protocol knows no users', () => {
  const auth = "<auth username='u'><secret type='ceph' usage='s'/></auth>";
  expect(
    refusal(
      `<disk type='network'><source protocol='gluster' name='a/b'><host name='h'/>${auth}</source><target dev='vda'/></disk>`,
    ),
  ).toBe("67/20 authentication is not supported for protocol 'gluster'");
});

test('a timer of another machine is refused, an empty zPCI address is none', () => {
  expect(refusal('', "<clock offset='utc'><timer name='armvtimer'/></clock>")).toMatch(
    /^67\/10 Configuring the 'armvtimer' timer is not supported for virtType=qemu arch=x86_64/,
  );
  const rng = (zpci: string): string =>
    `<rng model='virtio'><backend model='random'>/dev/random</backend><address type='pci' slot='0x15'>${zpci}</address></rng>`;
  expect(refusal(rng('<zpci/>'))).toBeUndefined();
  expect(refusal(rng("<zpci uid='1'/>"))).toBe("67/10 This QEMU binary doesn't support zPCI");
});

test('a network card of the host is given once, and a controller has one model', () => {
  const card =
    "<interface type='hostdev'><source><address type='pci' bus='3' slot='7' function='1'/></source></interface>";
  expect(refusal(card.repeat(2))).toBe('27/20 XML error: Hostdev already exists in the domain configuration');
  expect(refusal("<controller type='scsi'><model/><model/></controller>")).toBe(
    '27/20 XML error: Multiple <model> elements in controller definition not allowed',
  );
});

test('two USB controllers of one number are told apart by no device', () => {
  const twice = "<controller type='usb' index='0' model='qemu-xhci'/>".repeat(2);
  expect(refusal(twice)).toBe('27/20 XML error: Duplicate USB controllers with index 0');
  expect(refusal("<controller type='usb' index='0' model='piix3-uhci'/>".repeat(2))).toBe(
    '27/20 XML error: Attempted double use of PCI Address 0000:00:01.2',
  );
});

test('a limit no disk reaches is refused with a number of its own', () => {
  const limit = disk('<iotune><total_bytes_sec>1000000000000001</total_bytes_sec></iotune>');
  expect(refusal(limit)).toMatch(/^74\/10 .*must be no more than 1000000000000000/);
});

test('a page size for cell 0 is that of all memory where there are no cells', () => {
  const pages = "<page size='1' unit='G'/><page size='2' unit='M' nodeset='0'/>";
  expect(refusal('', `<memoryBacking><hugepages>${pages}</hugepages></memoryBacking>`)).toBe(
    '35/20 two master hugepages detected: 2048 and 1048576',
  );
});

test('a port is not added for a bridge that the document asks for', () => {
  const buses =
    "<controller type='pci' index='0' model='pcie-root'/><controller type='pci' index='1' model='pcie-to-pci-bridge'/>";
  expect(refusal(buses, '', 'q35')).toBe(
    '1/20 internal error: Cannot automatically add a new PCI bus for a device with connect flags 2000',
  );
});

const memory = (kib: number): string =>
  `<shmem name='a'><model type='ivshmem-plain'/><size unit='KiB'>${kib}</size></shmem>`;

test.each([512, 3072])('shared memory of %i KiB is refused', (kib) => {
  expect(refusal(memory(kib))).toMatch(/^27\/10 .*must be a power of 2 and at least 1 MiB/);
});

test('a connection that is made again waits before', () => {
  const again = (seconds: number): string =>
    `<serial type='tcp'><source mode='connect' host='a' service='1'><reconnect enabled='yes' timeout='${seconds}'/></source></serial>`;
  expect(refusal(again(0))).toMatch(/^8\/10 .*timeout cannot be '0'/);
  expect(refusal(again(1))).toBeUndefined();
});
