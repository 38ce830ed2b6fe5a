import { attr, element, type FieldsOf, oneOf, onOff, optAttr, optChild, uint, yesNo } from '@virtkit/xml';
import { errorsFrom } from '../../errors/virt-error.js';
import { deviceInfo, virtioOptions } from '../device-info.js';
import { absolutePath } from '../../values/paths.js';

const domainError = errorsFrom('DOMAIN');

const accelerationRows = { accel3d: optAttr(yesNo), accel2d: optAttr(yesNo), rendernode: optAttr(absolutePath) };
export interface VideoAcceleration extends FieldsOf<typeof accelerationRows> {}
function needsValue(value: VideoAcceleration): void {
  if (Object.values(value).every((part) => part === undefined))
    throw domainError('CONFIG_UNSUPPORTED', 'missing values for acceleration');
}
const resolutionRows = { x: attr(uint()), y: attr(uint()) };
export interface VideoResolution extends FieldsOf<typeof resolutionRows> {}
/** Another word counts as no. */
const looseYes = { ...yesNo, parse: (value: string) => value === 'yes' };

const modelRows = {
  type: attr(
    oneOf(
      'vga',
      'cirrus',
      'vmvga',
      'xen',
      'vbox',
      'qxl',
      'parallels',
      'virtio',
      'gop',
      'none',
      'bochs',
      'ramfb',
      'default',
    ),
    { default: 'default' },
  ),
  ram: optAttr(uint()),
  vram: optAttr(uint()),
  vram64: optAttr(uint(), { omit: 0 }),
  vgamem: optAttr(uint()),
  heads: optAttr(uint()),
  primary: optAttr(looseYes, { omit: false }),
  blob: optAttr(onOff),
  edid: optAttr(onOff),
  acceleration: optChild(
    element<VideoAcceleration>('acceleration', accelerationRows, { omitEmpty: true, refine: needsValue }),
  ),
  resolution: optChild(element<VideoResolution>('resolution', resolutionRows)),
};
/** `<model>` of a video device; memory sizes in KiB. */
export interface VideoModel extends FieldsOf<typeof modelRows> {}

/** An unknown word counts as none. */
const vgaconf = oneOf('io', 'on', 'off', '');
const driverRows = {
  ...virtioOptions,
  name: optAttr(oneOf('default', 'qemu', 'vhostuser'), { omit: 'default' }),
  vgaconf: optAttr({ ...vgaconf, parse: (value: string) => vgaconf.parse(value) ?? '' }, { omit: '' }),
};
export interface VideoDriver extends FieldsOf<typeof driverRows> {}

const videoRows = {
  driver: optChild(element<VideoDriver>('driver', driverRows, { omitEmpty: true })),
  model: optChild(element<VideoModel>('model', modelRows)),
  ...deviceInfo,
};
/** `<video>`; completion chooses an absent model. */
export interface Video extends Omit<FieldsOf<typeof videoRows>, 'model'> {
  model: VideoModel;
}
export const video = element<Video>('video', videoRows, {
  refine: (value) => {
    value.model ??= { type: 'default' };
    checkVideo(value);
  },
});

function checkVideo({ model }: Video): void {
  if (model.ram !== undefined && model.type !== 'qxl') {
    throw domainError('CONFIG_UNSUPPORTED', 'ram attribute only supported for video type qxl');
  }
  if (model.vram64 !== undefined && model.type !== 'qxl') {
    throw domainError('CONFIG_UNSUPPORTED', 'vram64 attribute only supported for video type qxl');
  }
  if (model.vgamem !== undefined && model.type !== 'qxl') {
    throw domainError('CONFIG_UNSUPPORTED', 'vgamem attribute only supported for video type qxl');
  }
  if (model.resolution !== undefined && (model.resolution.x === 0 || model.resolution.y === 0)) {
    throw domainError('CONFIG_UNSUPPORTED', 'video resolution values must be greater than 0');
  }
}
