import type { Video } from '@virtkit/schema';
import { addressProperties } from './address.js';
import { isArmVirt } from './architecture.js';
import { has, type CommandContext, type Section } from './context.js';
import type { JsonObject } from './json.js';
import { device, pairs, type QemuOption } from './option.js';
import { virtioDriver, virtioProperties } from './virtio.js';

/** Video cards: the primary with VGA, further ones without. */
export const videoSection: Section = (context) =>
  context.domain.devices.videos
    .filter(({ model }) => model.type !== 'none')
    .flatMap((video, index) => videoOptions(video, context, index === 0));

const videoOptions = (video: Video, context: CommandContext, isPrimary: boolean): readonly QemuOption[] => [
  ...vhostUserChardev(video, context),
  device(videoDevice(video, context, isPrimary)),
];

function vhostUserChardev(video: Video, { resources }: CommandContext): readonly QemuOption[] {
  if (video.driver?.name !== 'vhostuser') return [];
  const fd = resources.helperFd(video.alias ?? '');
  return [pairs('chardev', 'socket', ['id', `chr-vu-${video.alias}`], fd !== undefined && ['fd', String(fd)])];
}

const plainDrivers: Readonly<Record<string, string>> = {
  vga: 'VGA',
  cirrus: 'cirrus-vga',
  vmvga: 'vmware-svga',
  ramfb: 'ramfb',
  bochs: 'bochs-display',
};

function driverOf(video: Video, context: CommandContext, isPrimary: boolean): string {
  const { type } = video.model;
  const isVga = isPrimary && hasVga(context, type);
  if (type === 'qxl') return isPrimary ? 'qxl-vga' : 'qxl';
  if (type !== 'virtio') return plainDrivers[type] ?? type;
  if (video.driver?.name === 'vhostuser') return isVga ? 'vhost-user-vga' : virtioDriver('vhost-user-gpu', video);
  const gl = usesGl(video, context) ? '-gl' : '';
  return isVga ? `virtio-vga${gl}` : virtioDriver(`virtio-gpu${gl}`, video);
}

/** Virtio has a VGA variant on PCI, where the binary has it and the board's firmware understands it. */
const hasVga = (context: CommandContext, type: string): boolean =>
  type === 'virtio' && has(context, 'virtio-vga') && !isArmVirt(context.domain);

const isVhostUserVga = (video: Video, context: CommandContext, isPrimary: boolean): boolean =>
  video.driver?.name === 'vhostuser' && isPrimary && hasVga(context, video.model.type);

const usesGl = ({ model }: Video, context: CommandContext): boolean =>
  model.acceleration?.accel3d === true && has(context, 'virtio-gpu-gl-pci');

/** The device (`device_add`). */
function videoDevice(video: Video, context: CommandContext, isPrimary: boolean): JsonObject {
  return {
    driver: driverOf(video, context, isPrimary),
    ...(isVhostUserVga(video, context, isPrimary) ? {} : virtioProperties(video.driver)),
    ...(video.model.type === 'virtio' &&
      video.model.acceleration?.accel3d === true &&
      !has(context, 'virtio-gpu-gl-pci') && { virgl: true }),
    id: video.alias,
    ...memoryProperties(video, context),
    ...(video.model.type === 'virtio' && virtioExtra(video)),
    xres: video.model.resolution?.x,
    yres: video.model.resolution?.y,
    ...addressProperties(video, context.domain),
  };
}

/** The next power of two. */
const powerOfTwo = (value: number): number => (value <= 1 ? value : 2 ** Math.ceil(Math.log2(value)));

function memoryProperties({ model }: Video, context: CommandContext): JsonObject {
  const mebibytes = (kib: number | undefined): number | undefined =>
    kib === undefined ? undefined : Math.floor(kib / 1024);
  switch (model.type) {
    case 'qxl':
      return {
        max_outputs: model.heads,
        ram_size: powerOfTwo(model.ram ?? 0) * 1024,
        vram_size: powerOfTwo(model.vram ?? 0) * 1024,
        vram64_size_mb: mebibytes(model.vram64 ?? 0),
        vgamem_mb: mebibytes(model.vgamem),
      };
    case 'virtio':
      return { max_outputs: model.heads };
    case 'vga':
      return { vgamem_mb: model.vram && mebibytes(powerOfTwo(model.vram)) };
    case 'vmvga':
      return {
        vgamem_mb: model.vram && has(context, 'vmware-svga.vgamem_mb') ? mebibytes(powerOfTwo(model.vram)) : undefined,
      };
    case 'bochs':
      return { vgamem: model.vram && powerOfTwo(model.vram) * 1024 };
    default:
      return {};
  }
}

const virtioExtra = (video: Video): JsonObject => ({
  blob: video.model.blob,
  chardev: video.driver?.name === 'vhostuser' ? `chr-vu-${video.alias}` : undefined,
});
