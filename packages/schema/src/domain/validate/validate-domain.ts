import { type Pieces, whole } from '@virtkit/xml';
import { errorsFrom } from '../../errors/virt-error.js';
import type { Domain } from '../domain.js';
import { refuseSameAliases } from './aliases.js';
import { validateCharacterDevices, validateRedirdevs, validateRngs } from './character-devices.js';
import { type CheckPoint, checkPoints } from './check-points.js';
import { refuseSameTargets, validateDisks } from './disks.js';
import { validateHostdevs } from './hostdevs.js';
import { validateInterfaces } from './interfaces.js';
import { refuseUnassigned } from './unassigned.js';
import { validateInputs, validateIommu, validatePanics, validateSounds, validateTpms } from './other-devices.js';
import { validateVideos } from './videos.js';

const virtError = errorsFrom('DOMAIN');
const xmlError = errorsFrom('XML');

/** The common rules at each place. */
const rules: Readonly<Partial<Record<CheckPoint, readonly ((definition: Domain) => void)[]>>> = {
  domain: [validatePanics],
  disks: [refuseUnassigned, validateDisks],
  interfaces: [validateInterfaces],
  sounds: [validateSounds],
  videos: [validateVideos],
  characterDevices: [validateCharacterDevices],
  inputs: [validateInputs],
  rngs: [validateRngs],
  tpms: [validateTpms],
  redirdevs: [validateRedirdevs],
  iommu: [validateIommu],
  last: [refuseSameTargets, validateName, validateHostdevs, refuseSameAliases, validateIothreads, validateLoader],
};

/**
 * Refuses what no hypervisor can run and, through `driver`, what this one cannot, with the error libvirt finds first. Runs on a completed
 * definition and changes nothing.
 */
export const validateDomain = (definition: Domain, driver: (at: CheckPoint) => void = () => undefined): void =>
  whole(validationPieces(definition, driver));

/** As `validateDomain`, in pieces: it can wait between the points. */
export function* validationPieces(definition: Domain, driver: (at: CheckPoint) => void): Pieces<void> {
  for (const point of checkPoints) {
    if (point === 'last') driver(point);
    for (const rule of rules[point] ?? []) rule(definition);
    if (point !== 'last') driver(point);
    yield;
  }
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
