import type { Section } from './context.js';
import { device } from './option.js';

/** Where the guest leaves notes for crash dumps. */
export const vmcoreinfoSection: Section = ({ domain }) =>
  domain.features?.vmcoreinfo?.state === true ? [device({ driver: 'vmcoreinfo' })] : [];

/** Tells the guest that it was copied or went back in time. */
export const genidSection: Section = ({ domain }) =>
  domain.genid === undefined ? [] : [device({ driver: 'vmgenid', guid: domain.genid, id: 'vmgenid0' })];
