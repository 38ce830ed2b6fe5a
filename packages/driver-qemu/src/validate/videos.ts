import type { Domain, Video } from '@virtkit/schema';
import type { QemuFacts } from '../complete/facts.js';
import type { QemuFlag } from '../capabilities/flags.js';
import { has, overflow, unsupported } from './refuse.js';

const flags: Readonly<Partial<Record<Video['model']['type'], QemuFlag>>> = {
  vga: 'VGA',
  cirrus: 'cirrus-vga',
  vmvga: 'vmware-svga',
  qxl: 'qxl',
  virtio: 'virtio-gpu',
  bochs: 'bochs-display',
  ramfb: 'ramfb',
};
const secondary: readonly string[] = ['qxl', 'virtio', 'bochs'];

/** Displays of the guest's own. */
export function checkVideos(domain: Domain, facts: QemuFacts): void {
  for (const [index, video] of domain.devices.videos.entries()) {
    const { type } = video.model;
    if (type === 'none') continue;
    const flag = flags[type];
    if (flag === undefined || !has(facts, flag))
      unsupported(`domain configuration does not support video model '${type}'`);
    const isPrimary = video.model.primary === true || index === 0;
    if (!isPrimary && !secondary.includes(type))
      unsupported(`video type '${type}' is only valid as primary video device`);
    checkModel(video, domain);
  }
}

function checkModel({ model }: Video, domain: Domain): void {
  if (model.acceleration?.accel2d === true) unsupported('qemu does not support the accel2d setting');
  checkMemory(model);
  if (model.blob === true && domain.memoryBacking?.source !== 'memfd') {
    unsupported("'blob' support for virtio-gpu devices requires a memfd memory backend");
  }
}

const mebibyte = 1024;
const mostVram = 4 * 1024 * 1024;

function checkMemory(model: Video['model']): void {
  if (model.type !== 'qxl') return;
  for (const name of ['vram', 'ram'] as const) {
    if ((model[name] ?? 0) >= mostVram) overflow(`value for '${name}' must be less than '${mostVram - 1}'`);
  }
  const { vgamem } = model;
  if (vgamem === undefined) return;
  if (vgamem < mebibyte) unsupported("value for 'vgamem' must be at least 1 MiB (1024 KiB)");
  if ((vgamem & (vgamem - 1)) !== 0) unsupported("value for 'vgamem' must be power of two");
}
