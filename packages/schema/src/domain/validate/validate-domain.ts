import { errorsFrom } from '../../errors/virt-error.js';
import type { Domain } from '../domain.js';
import { validateCharacterDevices } from './character-devices.js';
import { validateDisks } from './disks.js';
import { validateHostdevs } from './hostdevs.js';
import { validateInterfaces } from './interfaces.js';
import { validateOtherDevices } from './other-devices.js';
import { validateVideos } from './videos.js';

const virtError = errorsFrom('DOMAIN');
const xmlError = errorsFrom('XML');

/** Refuses what no hypervisor can run, with libvirt's errors. Runs on a completed definition and changes nothing. */
export function validateDomain(definition: Domain): void {
  validateName(definition);
  validateIothreads(definition);
  validateLoader(definition);
  validateCharacterDevices(definition);
  validateDisks(definition);
  validateInterfaces(definition);
  validateVideos(definition);
  validateHostdevs(definition);
  validateOtherDevices(definition);
}

/** A name becomes the name of files. */
function validateName({ name }: Domain): void {
  if (name.includes('\n'))
    throw xmlError.plain('XML_DETAIL', `invalid char in name: ${[...name].filter((char) => char === '\n').join('')}`);
  if (name.includes('/')) throw virtError('XML_ERROR', `name ${name} cannot contain '/'`);
}

/** Without a choice of firmware an image must be named. */
function validateLoader({ os }: Domain): void {
  if (os.firmware !== undefined || os.loader?.path !== undefined) return;
  if (os.loader !== undefined || os.nvram !== undefined) {
    throw virtError('XML_DETAIL', 'no loader path specified and firmware auto selection disabled');
  }
}

/** Bounds of thread pools go together. */
function validateIothreads({ iothreadids = [], defaultiothread }: Domain): void {
  const pools = defaultiothread === undefined ? iothreadids : [...iothreadids, defaultiothread];
  for (const { threadPoolMin, threadPoolMax = -1 } of pools) {
    if (threadPoolMin !== undefined && threadPoolMin > threadPoolMax) {
      throw virtError('CONFIG_UNSUPPORTED', 'thread_pool_min must be smaller or equal to thread_pool_max');
    }
  }
}
