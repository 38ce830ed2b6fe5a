import { formatDomain } from '@virtkit/schema';
import { describe, expect, it } from 'vitest';
import { Answer } from '../soap/answer.js';
import { buildDomain } from './build-domain.js';

const typed = (type: string, inner: string): string => `<device xmlns:xsi="x" xsi:type="${type}">${inner}</device>`;
const disk = (controller: number, unit: number, file: string, more = ''): string =>
  typed(
    'VirtualDisk',
    `<key>${controller}${unit}</key><backing xmlns:xsi="x" xsi:type="VirtualDiskFlatVer2BackingInfo"><fileName>${file}</fileName>${more}</backing><controllerKey>${controller}</controllerKey><unitNumber>${unit}</unitNumber>`,
  );

function built(devices: string, extra: Readonly<Record<string, string>> = {}): string {
  const body = `<Envelope><Body><h><numCPU>4</numCPU><numCoresPerSocket>2</numCoresPerSocket><memoryMB>512</memoryMB>${devices}</h></Body></Envelope>`;
  const properties = new Map<string, Answer>([['config.hardware', Answer.fromEnvelope(body).get('h')]]);
  const texts = {
    name: 'a%2fb',
    'config.uuid': '503E9D12-0000-4000-8000-000000000001',
    'config.guestId': 'debian11_64Guest',
    ...extra,
  };
  for (const [name, value] of Object.entries(texts)) properties.set(name, new Answer(value));
  return formatDomain(buildDomain(properties), {});
}

describe('the document of a guest', () => {
  it('has what the server says of its hardware', () => {
    const text = built(
      typed('VirtualLsiLogicSASController', '<key>1000</key><busNumber>0</busNumber>') +
        typed('VirtualIDEController', '<key>201</key><busNumber>1</busNumber>') +
        disk(1000, 8, '[ds] vm/eight.vmdk') +
        disk(1000, 0, '[ds] vm/zero.vmdk', '<diskMode>independent_nonpersistent</diskMode>') +
        typed(
          'VirtualCdrom',
          '<backing xmlns:xsi="x" xsi:type="VirtualCdromIsoBackingInfo"><fileName>[ds] a.iso</fileName></backing><controllerKey>201</controllerKey><unitNumber>0</unitNumber>',
        ) +
        typed(
          'VirtualVmxnet3',
          '<backing><deviceName>VM Network</deviceName></backing><addressType>manual</addressType><macAddress>00:50:56:00:00:01</macAddress>',
        ) +
        typed('VirtualMachineVideoCard', '<videoRamSizeInKB>8192</videoRamSizeInKB>'),
      { 'config.annotation': 'notes', 'config.firmware': 'efi' },
    );
    expect(text).toBe(`<domain type='vmware'>
  <name>a/b</name>
  <uuid>503e9d12-0000-4000-8000-000000000001</uuid>
  <description>notes</description>
  <memory unit='KiB'>524288</memory>
  <currentMemory unit='KiB'>524288</currentMemory>
  <vcpu placement='static'>4</vcpu>
  <os firmware='efi'>
    <type arch='x86_64'>hvm</type>
  </os>
  <cpu>
    <topology sockets='2' dies='1' clusters='1' cores='2' threads='1'/>
  </cpu>
  <clock offset='utc'/>
  <on_poweroff>destroy</on_poweroff>
  <on_reboot>restart</on_reboot>
  <on_crash>destroy</on_crash>
  <devices>
    <disk type='file' device='disk'>
      <source file='[ds] vm/zero.vmdk'/>
      <target dev='sda' bus='scsi'/>
      <transient/>
      <address type='drive' controller='0' bus='0' target='0' unit='0'/>
    </disk>
    <disk type='file' device='disk'>
      <source file='[ds] vm/eight.vmdk'/>
      <target dev='sdh' bus='scsi'/>
      <address type='drive' controller='0' bus='0' target='0' unit='8'/>
    </disk>
    <disk type='file' device='cdrom'>
      <source file='[ds] a.iso'/>
      <target dev='hdc' bus='ide'/>
      <readonly/>
      <address type='drive' controller='0' bus='1' target='0' unit='0'/>
    </disk>
    <controller type='scsi' index='0' model='lsisas1068'/>
    <controller type='ide' index='0'/>
    <interface type='bridge'>
      <mac address='00:50:56:00:00:01' type='static'/>
      <source bridge='VM Network'/>
      <model type='vmxnet3'/>
    </interface>
    <video>
      <model type='vmvga' vram='8192' primary='yes'/>
    </video>
  </devices>
</domain>
`);
  });

  it('is of a narrow guest unless its system is a wide one', () => {
    expect(built('', { 'config.guestId': 'winXPProGuest' })).toContain("<type arch='i686'>hvm</type>");
  });
});
