import { errorsFrom } from '../../errors/virt-error.js';
import type { Domain } from '../domain.js';
import { refuseVirtioOptions } from './virtio-options.js';

const virtError = errorsFrom('DOMAIN');

/** One video device is the primary one; none means none. */
export function checkVideos({ devices }: Domain): void {
  const { videos } = devices;
  if (videos.length > 1 && videos.some(({ model }) => model.type === 'none')) {
    throw virtError('CONFIG_UNSUPPORTED', "a 'none' video type must be the only video device defined for the domain");
  }
  if (videos.filter(({ model }) => model.primary === true).length > 1) {
    throw virtError('CONFIG_UNSUPPORTED', 'Only one primary video device is supported');
  }
}

/** Options of virtio devices mean nothing on another model. */
export function validateVideos({ devices }: Domain): void {
  for (const { model, driver, address } of devices.videos) {
    if (model.acceleration?.rendernode !== undefined && driver?.name !== 'vhostuser')
      throw virtError('CONFIG_UNSUPPORTED', "unsupported rendernode accel attribute without 'vhostuser'");
    if (model.type === 'virtio') continue;
    if (model.type === 'ramfb' && address !== undefined)
      throw virtError('CONFIG_UNSUPPORTED', 'address not supported for video type ramfb');
    if (driver?.name === 'vhostuser') {
      throw virtError('CONFIG_UNSUPPORTED', "'vhostuser' driver is only supported with 'virtio' device");
    }
    if (model.blob !== undefined)
      throw virtError('CONFIG_UNSUPPORTED', `video type '${model.type}' does not support blob resources`);
    refuseVirtioOptions(driver);
  }
}
