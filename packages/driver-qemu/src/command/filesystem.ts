import type { Filesystem } from '@virtkit/schema';
import { addressProperties } from './address.js';
import type { CommandContext, Section } from './context.js';
import type { JsonObject } from './json.js';
import { device, pairs, type QemuOption } from './option.js';
import { domainDir } from './paths.js';
import { virtioDriver, virtioProperties } from './virtio.js';

/** Folders shared with the guest: served by QEMU (9p), by a process (virtiofs), or as a camera (MTP). */
export const filesystemSection: Section = (context) =>
  context.domain.devices.filesystems.flatMap((entry) => filesystemOptions(entry, context));

function filesystemOptions(entry: Filesystem, context: CommandContext): readonly QemuOption[] {
  switch (entry.driver?.type) {
    case 'virtiofs':
      return [virtiofsSocket(entry, context), device(virtiofsDevice(entry, context))];
    case 'mtp':
      return [device(mtpDevice(entry, context))];
    default:
      return [plan9Backend(entry), device(plan9Device(entry, context))];
  }
}

function virtiofsSocket({ alias, source }: Filesystem, context: CommandContext): QemuOption {
  const own = source.type === 'mount' ? source.socket : undefined;
  return pairs(
    'chardev',
    'socket',
    ['id', `chr-vu-${alias}`],
    ['path', own ?? `${domainDir(context)}/${alias}-fs.sock`],
  );
}

const virtiofsDevice = (entry: Filesystem, context: CommandContext): JsonObject => ({
  driver: virtioDriver('vhost-user-fs', entry, entry.model),
  ...virtioProperties(entry.driver),
  id: entry.alias,
  chardev: `chr-vu-${entry.alias}`,
  'queue-size': entry.driver?.queue,
  tag: entry.target?.dir,
  bootindex: context.bootOrder.get(entry),
  ...addressProperties(entry, context.domain),
});

const pathOf = ({ source }: Filesystem): string =>
  source.type === 'mount' || source.type === 'bind'
    ? (source.dir ?? '')
    : source.type === 'file'
      ? (source.file ?? '')
      : '';

function plan9Backend(entry: Filesystem): QemuOption {
  const { driver, accessmode = 'passthrough', multidevs, fmode, dmode } = entry;
  const isHandle = driver?.type === 'handle';
  return pairs(
    'fsdev',
    isHandle ? 'handle' : 'local',
    !isHandle && ['security_model', accessmode === 'squash' ? 'none' : accessmode],
    !isHandle && multidevs && multidevs !== 'default' && ['multidevs', multidevs],
    fmode !== undefined && ['fmode', fmode],
    dmode !== undefined && ['dmode', dmode],
    driver?.wrpolicy === 'immediate' && ['writeout', 'immediate'],
    ['id', `fsdev-${entry.alias}`],
    ['path', pathOf(entry)],
    entry.readonly && 'readonly',
  );
}

const plan9Device = (entry: Filesystem, { domain }: CommandContext): JsonObject => ({
  driver: virtioDriver('virtio-9p', entry, entry.model),
  ...virtioProperties(entry.driver),
  id: entry.alias,
  fsdev: `fsdev-${entry.alias}`,
  mount_tag: entry.target?.dir,
  ...addressProperties(entry, domain),
});

const mtpDevice = (entry: Filesystem, { domain }: CommandContext): JsonObject => ({
  driver: 'usb-mtp',
  id: entry.alias,
  rootdir: pathOf(entry),
  desc: entry.target?.dir,
  readonly: entry.readonly,
  ...addressProperties(entry, domain),
});
