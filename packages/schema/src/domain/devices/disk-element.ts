import { attributeOf, childOf, element, type ReadContext, violated, type XmlNode } from '@virtkit/xml';
import { errorsFrom } from '../../errors/virt-error.js';
import { type Disk, diskRows } from './disk.js';

const domainError = errorsFrom('DOMAIN');

export const disk = element<Disk>('disk', diskRows, {
  refine: (value, node, context) => {
    value.target ??= { dev: '' };
    refuseEmptyName(value, node);
    holdToSchema(value, node, context);
    emptyMedium(value);
    refuseTwice(value);
  },
});

/** An empty name is one that means no place; no name at all is refused later. */
function refuseEmptyName({ address }: Disk, node: XmlNode): void {
  const target = childOf(node, 'target');
  if (address === undefined && target !== undefined && attributeOf(target, 'dev') === '')
    throw domainError('XML_ERROR', "Unknown disk name '' and no address specified");
}

/** Kinds of storage no disk of which can be empty. */
const needsSource = ['network', 'nvme', 'vhostuser', 'vhostvdpa'];

/** What the schema wants of a disk as a whole. */
function holdToSchema({ device, source: { type } }: Disk, node: XmlNode, context: ReadContext): void {
  const target = childOf(node, 'target');
  const isComplete =
    target !== undefined &&
    attributeOf(target, 'dev') !== undefined &&
    (!needsSource.includes(type) || childOf(node, 'source') !== undefined);
  if (!isComplete || (device === 'lun' && (type === 'file' || type === 'dir'))) violated(node, context);
}

/** What kind of storage an empty drive would have means nothing. */
function emptyMedium(disk: Disk): void {
  const { device, source } = disk;
  if (device !== 'cdrom' && device !== 'floppy') return;
  if (
    (source.type === 'network' && source.protocol === undefined) ||
    (source.type === 'volume' && source.pool === undefined)
  ) {
    disk.source = { type: 'file', seclabels: [] };
  }
}

/** Secrets stand at the disk or at its source. */
function refuseTwice({ source, auth, encryption }: Disk): void {
  if (auth !== undefined && 'auth' in source && source.auth !== undefined)
    throw domainError('CONFIG_UNSUPPORTED', 'an <auth> definition already found for disk source');
  if (encryption !== undefined && source.encryption !== undefined)
    throw domainError('CONFIG_UNSUPPORTED', 'an <encryption> definition already found for disk source');
}
