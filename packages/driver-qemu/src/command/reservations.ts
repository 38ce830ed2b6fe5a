import type { Section } from './context.js';
import { object } from './option.js';
import { domainDir } from './paths.js';

/** The helper that makes persistent reservations for disks that leave it to the driver. */
export const reservationsSection: Section = (context) => {
  const isManaged = context.domain.devices.disks.some(
    ({ source }) => source.type !== 'volume' && source.reservations?.managed,
  );
  if (!isManaged) return [];
  return [object({ 'qom-type': 'pr-manager-helper', id: 'pr-helper0', path: `${domainDir(context)}/pr-helper0.sock` })];
};
