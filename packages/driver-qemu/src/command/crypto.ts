import type { Section } from './context.js';
import { addressProperties } from './address.js';
import { device, object } from './option.js';
import { virtioDriver, virtioProperties } from './virtio.js';

export const cryptoSection: Section = ({ domain }) =>
  domain.devices.cryptos.flatMap((crypto) => [
    object({
      'qom-type': `cryptodev-backend-${crypto.backend.model}`,
      id: `obj${crypto.alias}`,
      queues: crypto.backend.queues,
    }),
    device({
      driver: virtioDriver('virtio-crypto', crypto, crypto.model),
      ...virtioProperties(crypto.driver),
      cryptodev: `obj${crypto.alias}`,
      id: crypto.alias,
      ...addressProperties(crypto, domain),
    }),
  ]);
