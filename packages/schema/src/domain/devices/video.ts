import { attr, element, type FieldsOf, oneOf, onOff, optAttr, optChild, text, uint, yesNo } from '@virtkit/xml';
import { deviceInfo, virtioOptions } from '../device-info.js';

const accelerationRows = { accel2d: optAttr(yesNo), accel3d: optAttr(yesNo), rendernode: optAttr(text) };
export interface VideoAcceleration extends FieldsOf<typeof accelerationRows> {}
const resolutionRows = { x: attr(uint()), y: attr(uint()) };
export interface VideoResolution extends FieldsOf<typeof resolutionRows> {}
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
  ),
  ram: optAttr(uint()),
  vram: optAttr(uint()),
  vram64: optAttr(uint(), { omit: 0 }),
  vgamem: optAttr(uint()),
  heads: optAttr(uint()),
  primary: optAttr(yesNo),
  blob: optAttr(onOff),
  edid: optAttr(onOff),
  acceleration: optChild(element<VideoAcceleration>('acceleration', accelerationRows, { omitEmpty: true })),
  resolution: optChild(element<VideoResolution>('resolution', resolutionRows)),
};
/** `<model>` of a video device; memory sizes in KiB. */
export interface VideoModel extends FieldsOf<typeof modelRows> {}

const driverRows = {
  ...virtioOptions,
  name: optAttr(oneOf('default', 'qemu', 'vhostuser'), { omit: 'default' }),
  vgaconf: optAttr(oneOf('io', 'on', 'off')),
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
  },
});
