import type { Graphics } from '../devices/graphics.js';
import type { Video, VideoModel } from '../devices/video.js';
import type { Domain } from '../domain.js';

/** What absent ports mean. */
export function completeGraphics(graphics: Graphics, options: { readonly live?: boolean } = {}): void {
  if (graphics.type === 'vnc') completeVnc(graphics, options.live === true);
  else if (graphics.type === 'spice') completeSpice(graphics, options.live === true);
  else if (graphics.type === 'rdp') graphics.autoport ??= graphics.port === 0;
}

/** -1 is a port chosen at start, 0 none; definitions don't keep the chosen one. */
function completeVnc(vnc: Extract<Graphics, { type: 'vnc' }>, live: boolean): void {
  vnc.autoport ??= vnc.port === undefined || vnc.port === -1;
  if (vnc.autoport && (!live || vnc.port === undefined)) vnc.port = -1;
  else if (vnc.port === 0 || vnc.port === -1) delete vnc.port;
}

function completeSpice(spice: Extract<Graphics, { type: 'spice' }>, live: boolean): void {
  if (spice.port === -1 && spice.tlsPort === -1) spice.autoport = true;
  if (spice.autoport === true && !live) {
    delete spice.port;
    delete spice.tlsPort;
  }
  spice.autoport ??= false;
  const [first] = spice.listens;
  if (first?.type === 'address' && !spice.autoport && !spice.port && !spice.tlsPort)
    spice.listens[0] = { type: 'none' };
}

/** Displays need something to show: a guest with one but no video device gets one. */
export function addImplicitVideo(domain: Domain): void {
  const { graphics, videos } = domain.devices;
  if (graphics.length > 0 && videos.length === 0) videos.push({ model: { type: 'default' } });
}

/** The first video device is the primary one; another that says so is put first. */
export function orderVideos({ devices }: Domain): void {
  const { videos } = devices;
  const primary = videos.findIndex(({ model }) => model.primary === true);
  if (primary > 0) videos.unshift(...videos.splice(primary, 1));
  const first = videos[0];
  if (first !== undefined && first.model.type !== 'none') first.model.primary = true;
}

const MIB = 1024;
const defaultVram: Partial<Record<VideoModel['type'], number>> = {
  vga: 16 * MIB,
  cirrus: 16 * MIB,
  vmvga: 16 * MIB,
  xen: 4 * MIB,
  vbox: 8 * MIB,
  qxl: 64 * MIB,
  bochs: 16 * MIB,
};

/** The next power of two; video memory is rounded up to it. */
function powerOfTwo(value: number): number {
  let power = 1;
  while (power < value) power *= 2;
  return power;
}

/** Memory and heads of a video device whose type is known. */
export function completeVideo({ model }: Video): void {
  if (model.type === 'none' || model.type === 'default') return;
  if (model.type === 'qxl') {
    model.ram = powerOfTwo(model.ram ?? 64 * MIB);
    model.vgamem = powerOfTwo(model.vgamem ?? 16 * MIB);
  }
  model.vram ??= defaultVram[model.type];
  if (model.vram !== undefined) model.vram = powerOfTwo(model.vram);
  model.heads ??= 1;
}

/** What is said of a password that is not there. */
export function dropPasswordless(graphics: Graphics): void {
  if ((graphics.type !== 'vnc' && graphics.type !== 'spice') || graphics.passwd !== undefined) return;
  delete graphics.passwdValidTo;
  delete graphics.connected;
}
