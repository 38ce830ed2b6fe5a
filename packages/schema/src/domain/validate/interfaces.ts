import { errorsFrom } from '../../errors/virt-error.js';
import type { NetworkInterface } from '../devices/interface.js';
import type { Domain } from '../domain.js';
import { refuseVirtioOptions } from './virtio-options.js';

const virtError = errorsFrom('DOMAIN');
const unsupported = (text: string): Error => virtError('CONFIG_UNSUPPORTED', text);

/** What interfaces must be whatever the hypervisor. */
export function validateInterfaces({ devices }: Domain): void {
  for (const entry of devices.interfaces) validateInterface(entry);
}

function validateInterface(entry: NetworkInterface): void {
  const { type } = entry.source;
  if (
    entry.portForwards.length > 0 &&
    !(entry.backend?.type === 'passt' && (type === 'user' || type === 'vhostuser'))
  ) {
    throw unsupported(
      "The <portForward> element can only be used with the 'passt' backend of interface type='user' or type='vhostuser'",
    );
  }
  if (entry.target?.managed === false && type !== 'ethernet') {
    throw unsupported(`unmanaged target dev is not supported on interfaces of type '${type}'`);
  }
  if (entry.port?.isolated === true && type !== 'network' && type !== 'bridge') {
    throw unsupported(
      `interface ${entry.mac?.address ?? ''} - <port isolated='yes'/> is not supported for network interfaces with type='${type}'`,
    );
  }
  if (entry.port?.isolated === true && entry.virtualPort?.type !== undefined) {
    throw unsupported(
      `interface ${entry.mac?.address ?? ''} - <port isolated='yes'/> is not supported for network interfaces with virtualport type='${entry.virtualPort.type}'`,
    );
  }
  if (entry.model?.type.startsWith('virtio') !== true) refuseVirtioOptions(entry.driver);
}
