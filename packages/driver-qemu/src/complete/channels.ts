import type { Channel, Domain } from '@virtkit/schema';
import type { QemuFacts } from './facts.js';

/** Where libvirt makes such sockets: its documents are taken over. */
const libvirtDirectories = ['/run/libvirt/qemu/channel', '/var/lib/libvirt/qemu/channel'] as const;

/** A socket that was chosen for a start of the guest does not belong into its definition; one without path is QEMU's to open. */
export function completeChannels(domain: Domain, { settings }: QemuFacts): void {
  for (const channel of domain.devices.channels) {
    for (const directory of [...settings.channelTargetDirectories, ...libvirtDirectories])
      dropDefaultPath(channel, directory);
  }
  const { serials, parallels, consoles, channels } = domain.devices;
  for (const { source } of [...serials, ...parallels, ...consoles, ...channels]) {
    if (source.type === 'unix' && source.path === undefined) source.mode = 'bind';
  }
}

function dropDefaultPath({ source, target }: Channel, directory: string): void {
  if (source.type !== 'unix' || source.path === undefined || target?.type !== 'virtio' || target.name === undefined)
    return;
  const start = `${directory}/`;
  if (!source.path.startsWith(start) || !source.path.endsWith(target.name)) return;
  const between = source.path.slice(start.length, source.path.length - target.name.length);
  if (/^(target\/)?(([^/]+\.)|(domain-[^/]+\/))?$|^\d+-[^/]+\/$/.test(between)) delete source.path;
}
