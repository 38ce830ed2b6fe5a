import type { NetworkInterface } from '@virtkit/schema';
import type { Answer } from '../soap/answer.js';

const models: Readonly<Record<string, string>> = {
  VirtualE1000: 'e1000',
  VirtualE1000e: 'e1000e',
  VirtualPCNet32: 'vlance',
  VirtualVmxnet: 'vmxnet',
  VirtualVmxnet2: 'vmxnet2',
  VirtualVmxnet3: 'vmxnet3',
  VirtualSriovEthernetCard: 'sriov',
};

/** A network card as a document's element; undefined for any other device. */
export function buildInterface(device: Answer): NetworkInterface | undefined {
  const model = models[device.type];
  if (model === undefined) return undefined;
  const type = device.get('addressType').text === 'manual' ? 'static' : 'generated';
  const address = device.get('macAddress').text?.toLowerCase() ?? '00:00:00:00:00:00';
  const foreign = type === 'static' && !address.startsWith('00:50:56');
  return {
    source: sourceOf(device.get('backing')),
    mac: { address, type, ...(foreign ? { check: false } : {}) },
    model: { type: model },
  } as NetworkInterface; // all other rows are lists or optional
}

function sourceOf(backing: Answer): NetworkInterface['source'] {
  const port = backing.get('port');
  if (!port.exists) return { type: 'bridge', bridge: backing.get('deviceName').text ?? '' };
  const portid = port.get('portKey').bigint;
  const connectionid = port.get('connectionCookie').bigint;
  return {
    type: 'vds',
    switchid: switchUuid(port.get('switchUuid').text ?? ''),
    portgroupid: port.get('portgroupKey').text ?? '',
    ...(portid === undefined ? {} : { portid: Number(portid) }),
    ...(connectionid === undefined ? {} : { connectionid: Number(connectionid) }),
  };
}

/** `50 34 26 b2 …-68 87 …` as a uuid. */
function switchUuid(text: string): string {
  const digits = text.replaceAll(/[^0-9a-f]/gi, '').toLowerCase();
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
