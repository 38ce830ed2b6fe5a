import type { Disk } from '@virtkit/schema';
import { isI440fx, isPseries, isQ35 } from './architecture.js';
import { effectiveNode } from './block/image.js';
import { qemuError } from './errors.js';
import { sdOption } from './disk-sd.js';
import { chainOptions } from './block/image-options.js';
import { imageOfDisk } from './block/image-of-disk.js';
import type { CommandContext, Section } from './context.js';
import { diskDevice } from './disk-device.js';
import { reconnectPair } from './reconnect.js';
import { blockdev, device, option, pairs, type QemuOption } from './option.js';

/** Disks: the floppy controller, then of each disk its images, filters and device. */
export const disksSection: Section = (context) => [
  ...floppyController(context),
  ...context.domain.devices.disks.filter((disk) => !isPluggedLater(disk)).flatMap((disk) => diskOptions(disk, context)),
];

/** A transient disk that shares its image with other guests is plugged in when its overlay is there. */
const isPluggedLater = ({ transient }: Disk): boolean => transient?.shareBacking === true;

function diskOptions(disk: Disk, context: CommandContext): readonly QemuOption[] {
  if (disk.target.bus === 'fdc' && isPseries(context.domain))
    throw qemuError('CONFIG_UNSUPPORTED', 'PowerPC pseries machines do not support floppy device');
  if (disk.target.bus === 'sd') return [sdOption(disk, context)];
  if (disk.source.type === 'vhostuser')
    return [...vhostUserChardev(disk, context), device(diskDevice(disk, undefined, context))];
  const image = imageOfDisk(disk, context);
  if (!image) return [device(diskDevice(disk, undefined, context))];
  const { options, node } = filterOptions(disk, effectiveNode(image), context);
  return [...chainOptions(image, context), ...options, device(diskDevice(disk, node, context))];
}

/** Filters above an image: copies on read, then throttles. */
export function filterOptions(disk: Disk, base: string, { nodes }: CommandContext) {
  const options: QemuOption[] = [];
  let node = base;
  if (disk.driver?.copyOnRead) {
    const file = node;
    node = `libvirt-CoR-${disk.target.dev}`;
    options.push(blockdev({ driver: 'copy-on-read', 'node-name': node, file, discard: 'unmap' }));
  }
  for (const [index, { group }] of (disk.throttleFilters ?? []).entries()) {
    const file = node;
    node = nodes.filtersOf(disk)[index] ?? node;
    options.push(blockdev({ driver: 'throttle', 'node-name': node, 'throttle-group': `throttle-${group}`, file }));
  }
  return { options, node };
}

function vhostUserChardev({ source, alias }: Disk, context: CommandContext): readonly QemuOption[] {
  if (source.type !== 'vhostuser') return [];
  const reconnect =
    source.reconnect?.enabled === undefined ? undefined : { ...source.reconnect, enabled: source.reconnect.enabled };
  return [
    pairs(
      'chardev',
      'socket',
      ['id', `chr-vu-${alias}`],
      ['path', source.path ?? ''],
      reconnectPair(reconnect, context),
    ),
  ];
}

/** Drives boot by a property of their controller, which newer Q35 machines don't bring along. */
function floppyController({ domain, bootOrder }: CommandContext): readonly QemuOption[] {
  const drives = domain.devices.disks.filter(({ target }) => target.bus === 'fdc');
  if (drives.length === 0) return [];
  const indices = drives.flatMap((disk) => {
    const unit = disk.address?.type === 'drive' && disk.address.unit === 1 ? 'B' : 'A';
    const index = bootOrder.get(disk);
    return index === undefined ? [] : [[`bootindex${unit}`, index] as const];
  });
  if (isQ35(domain) && !hasBuiltInFloppy(domain.os.type.machine ?? ''))
    return [device({ driver: 'isa-fdc', ...Object.fromEntries(indices) })];
  return isI440fx(domain) || isQ35(domain)
    ? indices.map(([name, index]) => option('global', `isa-fdc.${name}=${index}`))
    : [];
}

/** Q35 had a floppy controller up to version 2.3. */
function hasBuiltInFloppy(machine: string): boolean {
  const [, major = '', minor = ''] = /^pc-q35-(\d+)\.(\d+)/.exec(machine) ?? [];
  return major !== '' && (Number(major) < 2 || (Number(major) === 2 && Number(minor) <= 3));
}
