import { addressProperties } from './address.js';
import type { Section } from './context.js';
import { device } from './option.js';
import { virtioDriver, virtioProperties } from './virtio.js';

/** Sockets between host and guest. */
export const vsockSection: Section = ({ domain, resources }) => {
  const { vsock } = domain.devices;
  if (!vsock) return [];
  const fd = resources.vhostFd(vsock.alias ?? '');
  return [
    device({
      driver: virtioDriver('vhost-vsock', vsock, vsock.model),
      ...virtioProperties(vsock.driver),
      id: vsock.alias,
      'guest-cid': vsock.cid ?? resources.vsockCid ?? 0,
      vhostfd: String(fd ?? -1),
      ...addressProperties(vsock, domain),
    }),
  ];
};
