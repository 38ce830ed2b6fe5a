import type { Section } from './context.js';
import { option } from './option.js';

/** Non-volatile memory of pseries machines. */
export const nvramSection: Section = ({ domain }) => {
  const address = domain.devices.nvram?.address;
  if (address?.type !== 'spapr-vio' || address.reg === undefined) return [];
  return [option('global', `spapr-nvram.reg=0x${address.reg.toString(16)}`)];
};
