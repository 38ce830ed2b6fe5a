import type { Image, ImageNodes } from './block/image.js';
import { formatNode } from './block/format-node.js';
import { locationOf } from './block/location.js';
import { storageNode } from './block/storage-node.js';
import { has, type CommandContext, type Section } from './context.js';
import { blockdev, option, type QemuOption } from './option.js';

/** Block nodes of the firmware: its code, then its variables. */
export const pflashSection: Section = (context) => pflashImages(context).flatMap(imageNodes);

/** `-bios`, and the lock of secure firmware. */
export const loaderSection: Section = ({ domain }) => {
  const loader = domain.os.loader;
  if (loader?.type === 'pflash')
    return loader.secure ? [option('global', 'driver=cfi.pflash01,property=secure,value=on')] : [];
  return loader?.path ? [option('bios', loader.path)] : [];
};

/** The images a pflash firmware consists of; empty for other firmware. */
export function pflashImages(context: CommandContext): readonly Image[] {
  const { loader, nvram } = context.domain.os;
  if (loader?.type !== 'pflash' || !loader.path) return [];
  const code: Image = {
    location: { type: 'file', path: loader.path },
    format: loader.format ?? 'raw',
    readOnly: loader.readonly ?? false,
    nodes: { storage: 'libvirt-pflash0-storage', format: 'libvirt-pflash0-format' },
    secrets: {},
    backing: null,
  };
  const source = nvram?.source;
  if (!source) return [code];
  const format = nvram.format ?? 'raw';
  return [
    code,
    {
      location: locationOf(source),
      format,
      readOnly: false,
      nodes: variableNodes(format, context),
      secrets: {},
      backing: null,
    },
  ];
}

/** Raw variables need no format layer where other raw images don't. */
function variableNodes(format: string, context: CommandContext): ImageNodes {
  const storage = 'libvirt-pflash1-storage';
  return format === 'raw' && has(context, 'blockjob.backing-mask-protocol')
    ? { storage }
    : { storage, format: 'libvirt-pflash1-format' };
}

function imageNodes(image: Image): readonly QemuOption[] {
  const format = formatNode(image);
  return [blockdev(storageNode(image)), ...(format ? [blockdev(format)] : [])];
}
