import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BackingStore, Disk, Domain, StorageSource } from '@virtkit/schema';

/** Why a document cannot be started on this machine; undefined where it can. */
export function unsuitable(domain: Domain): string | undefined {
  const { devices, os } = domain;
  if (os.kernel !== undefined) return 'boots a kernel that is not here';
  if (domain.vcpu.count > mostCpus) return 'has more CPUs than emulation';
  if (devices.hostdevs.length > 0) return 'takes devices of the host';
  if (devices.interfaces.some(({ source }) => source.type === 'hostdev')) return 'takes devices of the host';
  if (devices.parallels.length > 0) return 'takes the parallel port of the host';
  if (devices.videos.some(({ driver }) => driver?.name === 'vhostuser')) return 'needs a process that draws';
  if (devices.videos.some(({ model }) => model.acceleration?.accel3d === true)) return 'needs OpenGL';
  if (devices.rngs.some(({ backend }) => backend.model === 'egd')) return 'needs a server of random numbers';
  if (os.nvram?.source !== undefined && os.nvram.source.type !== 'file') return 'needs a server of firmware variables';
  if (devices.videos.some(({ model }) => model.blob === true)) return 'needs shared buffers of the host';
  if (
    devices.consoles.some(
      ({ source }) => source.type === 'unix' && source.mode === 'connect' && source.path !== undefined,
    )
  )
    return 'connects to a server';
  if (
    devices.disks.some(
      ({ target, address }) =>
        target.bus === 'ide' && address?.type === 'drive' && Math.max(address.unit, address.bus) > 1,
    )
  )
    return 'places a disk where QEMU has no slot';
  if (/^(pc|pc-i440fx.*)$/.test(os.type.machine ?? '') && usesIommuPlatform(domain)) return 'needs PCI Express';
  return undefined;
}

/** QEMU's emulation goes no further without the kernel's interrupt controller. */
const mostCpus = 255;

const usesIommuPlatform = ({ devices }: Domain): boolean =>
  [
    ...devices.disks,
    ...devices.interfaces,
    ...devices.controllers,
    ...(devices.memballoon ? [devices.memballoon] : []),
  ].some(({ driver }) => driver?.iommu === true);

/** Replaces what this machine lacks (images, bridges, huge pages, KVM) by what serves as well. Changes `domain`. */
export function adapt(domain: Domain, folder: string): void {
  const { devices } = domain;
  domain.type = 'qemu';
  delete domain.memoryBacking;
  delete domain.features?.hyperv;
  delete domain.numatune;
  if (domain.cpu?.mode === 'host-passthrough') domain.cpu.mode = 'maximum';
  if (domain.cpu) domain.cpu.check = 'none'; // emulation has fewer features than the machine the document is for
  for (const disk of devices.disks) adaptDisk(disk, folder);
  for (const entry of devices.interfaces) {
    entry.source = { type: 'user', ips: [], routes: [] };
    delete entry.backend;
  }
  for (const [index, { source }] of devices.channels.entries())
    if (source.type === 'unix' && source.path !== undefined) source.path = join(folder, `channel-${index}`);
  for (const audio of devices.audios) audio.type = 'none';
  for (const graphics of devices.graphics)
    if (graphics.type === 'vnc' || graphics.type === 'spice') {
      graphics.listens = [{ type: 'socket', socket: join(folder, graphics.type) }];
      if (graphics.type === 'spice') Object.assign(graphics, { channels: [], defaultMode: undefined });
    }
  for (const table of domain.os.acpi?.tables ?? []) table.path = acpiTable(folder);
}

const sizes = '64M';
let images = 0;

function adaptDisk(disk: Disk, folder: string): void {
  const formats = [
    disk.driver?.type ?? 'raw',
    ...storesOf(disk.backingStore).map(({ format }) => format?.type ?? 'raw'),
  ];
  const sources = [disk as { source: StorageSource }, ...(storesOf(disk.backingStore) as { source: StorageSource }[])]; // all but the end have one
  for (const [index, holder] of sources.entries()) {
    if (holder.source.type !== 'file' && holder.source.type !== 'block') continue;
    const isEmpty = holder.source.type === 'file' ? holder.source.file === undefined : holder.source.dev === undefined;
    if (!isEmpty) holder.source = { type: 'file', file: image(folder, formats[index] ?? 'raw'), seclabels: [] };
  }
  if (disk.device === 'lun') disk.device = 'disk';
}

function storesOf(store: BackingStore | undefined): readonly BackingStore[] {
  return store?.source === undefined ? [] : [store, ...storesOf(store.backingStore)];
}

function image(folder: string, format: string): string {
  images += 1;
  const path = join(folder, `image-${images}`);
  execFileSync('qemu-img', ['create', '-q', '-f', format, path, sizes]);
  return path;
}

const firmwareFolder = '/usr/share/OVMF';

/** Uses the installed firmware in place of the one that was chosen. Changes `domain`. */
export function adaptFirmware({ os, devices }: Domain, folder: string): void {
  if (os.loader?.type !== 'pflash') return;
  os.loader.path = `${firmwareFolder}/${os.loader.secure ? 'OVMF_CODE_4M.secboot.fd' : 'OVMF_CODE_4M.fd'}`;
  os.loader.readonly = true;
  os.loader.format = 'raw';
  if (os.nvram?.source === undefined) return;
  const file = join(folder, 'variables');
  copyFileSync(`${firmwareFolder}/OVMF_VARS_4M.fd`, file);
  os.nvram.source = { type: 'file', file, seclabels: [] };
  os.nvram.format = 'raw';
  devices.nvram = undefined;
}

/** Whether the firmware that adapted guests use is installed. */
export const hasFirmware = (): boolean => existsSync(`${firmwareFolder}/OVMF_CODE_4M.fd`);

const acpiHeader = 36;

/** A table that says nothing but its own length. */
function acpiTable(folder: string): string {
  const path = join(folder, 'acpi');
  const table = Buffer.alloc(acpiHeader);
  table.write('OEM1', 0);
  table.writeUInt32LE(acpiHeader, 4);
  writeFileSync(path, table);
  return path;
}

/** Folders of one start, with a master key in its own. */
export function startFolders(folder: string, name: string): void {
  const own = `-1-${name.slice(0, 20)}`;
  for (const path of [`domain-${own}`, `c/${own}`, `ram/${own}`]) mkdirSync(join(folder, path), { recursive: true });
  writeFileSync(join(folder, `domain-${own}`, 'master-key.aes'), Buffer.alloc(32, 7));
}
