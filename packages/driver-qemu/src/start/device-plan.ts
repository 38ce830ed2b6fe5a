import { join } from 'node:path';
import type { CharSource, Domain } from '@virtkit/schema';
import { channelFile } from '../command/channel-file.js';
import type { GuestPaths } from '../process/guest-paths.js';
import type { QemuUser } from '../process/qemu-user.js';
import type { PlannedFile, PlannedSocket } from './plan.js';

/** Gives channels without a path one in the guest's own folder. Changes the definition. */
export function placeChannels(definition: Domain, paths: GuestPaths): void {
  for (const channel of definition.devices.channels) {
    const { source } = channel;
    if (source.type !== 'unix' || source.path !== undefined) continue;
    source.mode = 'bind';
    source.path = join(paths.channels, channelFile(channel));
  }
}

interface CharDevice {
  readonly alias?: string | undefined;
  readonly source: CharSource;
}

const charDevices = ({ devices }: Domain): readonly CharDevice[] => [
  ...devices.serials,
  ...devices.parallels,
  ...devices.channels,
  ...devices.consoles.filter(({ target }) => target?.type !== 'serial'),
  ...devices.redirdevs,
];

/** Listening unix sockets of character devices, which we open so that nobody connects too early. */
export const charSockets = (definition: Domain): readonly PlannedSocket[] =>
  charDevices(definition).flatMap(({ alias, source }) =>
    source.type === 'unix' && source.mode === 'bind' && source.path !== undefined && alias !== undefined
      ? [{ alias, path: source.path }]
      : [],
  );

/** Files character devices write to. */
export const charFiles = (definition: Domain): readonly PlannedFile[] =>
  charDevices(definition).flatMap(({ alias, source }): readonly PlannedFile[] => {
    if (alias === undefined) return [];
    const log = 'log' in source ? source.log : undefined;
    return [
      ...(source.type === 'file' && source.path !== undefined
        ? [{ alias, use: 'output' as const, path: source.path, append: source.append === true }]
        : []),
      ...(log?.file === undefined
        ? []
        : [{ alias, use: 'log' as const, path: log.file, append: log.append !== false }]),
    ];
  });

/** The user QEMU runs as, shown as libvirt's DAC label. */
export function labelDomain(definition: Domain, user: QemuUser | undefined): void {
  if (user === undefined || (definition.seclabels?.length ?? 0) > 0) return;
  const label = `+${user.uid}:+${user.gid}`;
  definition.seclabels = [{ type: 'dynamic', model: 'dac', relabel: true, label, imagelabel: label }];
}
