import { childOf, type ReadContext, valueError, violated, type XmlNode } from '@virtkit/xml';
import { errorsFrom } from '../../errors/virt-error.js';
import { checkPciLocation } from '../device-info.js';
import type { Hostdev, HostdevSource } from './hostdev.js';

const domainError = errorsFrom('DOMAIN');

/** What a device of the host must say, refused while it is read. */
export function checkHostdev(device: Hostdev, node: XmlNode, context: ReadContext): void {
  if (childOf(node, 'source') === undefined)
    throw domainError('XML_ERROR', 'Missing <source> element in hostdev device');
  const { source } = device;
  if (source.type !== 'scsi') {
    if (device.sgio !== undefined || device.rawio !== undefined) violated(node, context);
    if (device.sgio !== undefined) throw domainError('XML_ERROR', 'sgio is only supported for scsi host device');
    if (device.rawio !== undefined) throw domainError('XML_ERROR', 'rawio is only supported for scsi host device');
  }
  if (source.type === 'mdev' && device.model === undefined) {
    throw valueError("Missing required attribute 'model' in element 'hostdev'");
  }
  if (
    device.mode === 'subsystem' &&
    device.model !== undefined &&
    source.type !== 'mdev' &&
    source.type !== 'scsi_host'
  ) {
    // The type named is the wrong one in libvirt too.
    const message = `'model' attribute in <hostdev> is only supported when type='${source.type}'`;
    throw domainError('XML_ERROR', message);
  }
  checkSource(source);
}

function checkSource(source: HostdevSource): void {
  switch (source.type) {
    case 'pci':
      if (source.address !== undefined) checkPciLocation(source.address);
      return;
    case 'usb':
      if (source.vendor !== undefined && source.product === undefined)
        throw domainError('INTERNAL_ERROR', 'missing product');
      if (source.vendor === undefined && source.product !== undefined)
        throw domainError('INTERNAL_ERROR', 'missing vendor');
      return;
    case 'scsi':
      return checkScsi(source);
    case 'scsi_host':
      return checkVhost(source.wwpn);
    case 'mdev':
      if (source.address === undefined) throw domainError('CONFIG_UNSUPPORTED', 'Missing <address> element');
      return;
    default:
      return checkContainer(source);
  }
}

function checkScsi(source: Extract<HostdevSource, { type: 'scsi' }>): void {
  if (source.protocol === undefined) {
    if (source.address === undefined)
      throw domainError('XML_ERROR', "'address' must be specified for scsi hostdev source");
    if (source.adapter === undefined)
      throw domainError('XML_ERROR', "'adapter' must be specified for scsi hostdev source");
    return;
  }
  if (source.name === undefined) throw domainError('XML_ERROR', 'missing iSCSI hostdev source path name');
  if (!source.name.includes('/')) source.name = `${source.name}/0`;
  for (const host of source.hosts) host.port ??= '3260';
}

function checkVhost(wwpn: string | undefined): void {
  if (wwpn === undefined) throw domainError('XML_ERROR', 'missing vhost-scsi hostdev source wwpn');
  if (!/^naa\.[0-9a-fA-F]{16}$/.test(wwpn)) throw domainError('XML_ERROR', "malformed 'wwpn' value");
}

function checkContainer(source: Extract<HostdevSource, { type: 'storage' | 'misc' | 'net' }>): void {
  const fail = (element: string, kind: string): never => {
    throw domainError('XML_ERROR', `Missing <${element}> element in hostdev ${kind} device`);
  };
  if (source.type === 'storage' && !source.block) fail('block', 'storage');
  if (source.type === 'misc' && !source.char) fail('char', 'character');
  if (source.type === 'net' && !source.interface) fail('interface', 'net');
}
