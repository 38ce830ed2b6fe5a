import { attributeOf, childOf, type ReadContext, violated, type XmlNode } from '@virtkit/xml';
import { errorsFrom } from '../../errors/virt-error.js';
import { plainError } from '../../network/errors.js';
import { parseIpAddress } from '../../network/ip-address.js';
import type { InterfaceType, NetworkInterface } from './interface.js';

const domainError = errorsFrom('DOMAIN');
const unsupported = (text: string): Error => domainError('CONFIG_UNSUPPORTED', text);

const needSource: readonly InterfaceType[] = [
  'network',
  'bridge',
  'internal',
  'direct',
  'vdpa',
  'vds',
  'server',
  'client',
  'mcast',
  'udp',
];
const withPort: readonly InterfaceType[] = ['network', 'bridge', 'direct', 'hostdev', 'ethernet'];
const withFilter: readonly InterfaceType[] = ['network', 'bridge', 'ethernet'];

/** What an interface's parts must say together, refused while it is read. */
export function refineInterface(entry: NetworkInterface, node: XmlNode, context: ReadContext): void {
  const { type } = entry.source;
  const source = childOf(node, 'source');
  if (needSource.includes(type) && source === undefined) {
    if (type !== 'bridge') violated(node, context);
    throw domainError('XML_ERROR', `interface type='${type}' requires a 'source' element`);
  }
  if (source !== undefined) checkSource(type, source);
  else if (type === 'hostdev') throw unknownAddress('(null)');
  if (entry.virtualPort !== undefined && !withPort.includes(type)) {
    throw unsupported(`<virtualport> element unsupported for <interface type='${type}'>`);
  }
  const vlan = childOf(node, 'vlan');
  if (entry.vlan?.tags.length === 1 && vlan !== undefined && attributeOf(vlan, 'trunk') === undefined)
    delete entry.vlan.trunk;
  checkTeaming(entry);
  checkParts(entry);
  dropEmpty(entry);
}

const unknownAddress = (type: string): Error => unsupported(`unknown host device source address type '${type}'`);

function checkSource(type: InterfaceType, source: XmlNode): void {
  if (type === 'udp' && childOf(source, 'local') === undefined) {
    throw domainError('XML_ERROR', "'<local>' element missing for 'udp' socket interface");
  }
  if (type === 'vhostuser') {
    const kind = attributeOf(source, 'type');
    if (kind !== undefined && kind !== 'unix')
      throw unsupported(`Type='${kind}' unsupported for <interface type='vhostuser'>`);
  }
  if (type === 'hostdev') {
    const address = childOf(source, 'address');
    const kind = address === undefined ? undefined : attributeOf(address, 'type');
    if (kind !== 'pci' && kind !== 'usb') throw unknownAddress(kind ?? '(null)');
  }
}

function checkTeaming({ teaming }: NetworkInterface): void {
  if (teaming?.type === 'transient' && teaming.persistent === undefined) {
    throw unsupported("teaming persistent attribute must be set if teaming type is 'transient'");
  }
  if (teaming?.type === 'persistent' && teaming.persistent !== undefined) {
    throw unsupported("teaming persistent attribute not allowed if teaming type is 'persistent'");
  }
}

function checkParts({ source, model, bandwidth, portForwards }: NetworkInterface): void {
  if (model !== undefined && !/^[a-zA-Z0-9_-]*$/.test(model.type)) {
    throw domainError('INVALID_ARG', 'Model name contains invalid characters');
  }
  if (bandwidth?.inbound?.floor !== undefined && source.type !== 'network') {
    throw plainError('CONFIG_UNSUPPORTED', 'floor attribute is not supported for this config');
  }
  for (const { address } of portForwards) {
    if (address !== undefined && parseIpAddress(address) === undefined) {
      throw domainError('XML_ERROR', `Invalid address '${address}' in <portForward>`);
    }
  }
}

/** Elements that say nothing count as absent. */
function dropEmpty(entry: NetworkInterface): void {
  dropVirtio(entry);
  if (entry.mac?.address === '') delete entry.mac;
  if (entry.model?.type === '') delete entry.model;
  if (entry.source.type === 'hostdev') delete entry.backend;
  if (entry.filterref !== undefined && (entry.filterref.filter === '' || !withFilter.includes(entry.source.type)))
    delete entry.filterref;
  if (entry.teaming?.type === undefined) delete entry.teaming;
  for (const forward of entry.portForwards) forward.ranges = forward.ranges.filter(({ start }) => start !== undefined);
}

const virtioCard = [
  'name',
  'txmode',
  'ioeventfd',
  'eventIdx',
  'queues',
  'rxQueueSize',
  'txQueueSize',
  'rss',
  'rssHashReport',
  'host',
  'guest',
] as const;

/** What only virtio cards have is passed over on others. */
function dropVirtio({ driver, model, source }: NetworkInterface): void {
  if (driver === undefined || source.type === 'hostdev' || model?.type.startsWith('virtio') === true) return;
  for (const key of virtioCard) delete driver[key];
}
