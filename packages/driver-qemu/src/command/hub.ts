import { addressProperties } from './address.js';
import type { Section } from './context.js';
import { device } from './option.js';

export const hubSection: Section = ({ domain }) =>
  domain.devices.hubs.map((hub) => device({ driver: 'usb-hub', id: hub.alias, ...addressProperties(hub, domain) }));
