import type { Domain, NetworkInterface } from '@virtkit/schema';
import { hasSharedMemory } from './shared-memory.js';
import { unsupported } from './refuse.js';

/** Network interfaces. */
export function checkInterfaces(domain: Domain): void {
  for (const entry of domain.devices.interfaces) {
    checkAddresses(entry);
    checkQueues(entry);
    checkReconnect(entry);
    checkHostSide(entry);
    if (entry.source.type === 'vhostuser' && !hasSharedMemory(domain))
      unsupported("'interface' requires shared memory");
  }
}

/** Only who connects can connect again. */
function checkReconnect({ source }: NetworkInterface): void {
  if (source.type !== 'vhostuser' || source.mode !== 'server' || source.reconnect === undefined) return;
  unsupported("'reconnect' attribute is not supported when source mode='server' for <interface type='vhostuser'>");
}

const withMtu: readonly NetworkInterface['source']['type'][] = ['network', 'bridge', 'ethernet', 'vhostuser'];
const withCoalesce: readonly NetworkInterface['source']['type'][] = ['network', 'bridge'];

/** Settings of the device on the host need one there. */
function checkHostSide({ source: { type }, mtu, coalesce }: NetworkInterface): void {
  if (mtu?.size !== undefined && !withMtu.includes(type))
    unsupported(`setting MTU on interface type ${type} is not supported yet`);
  if (coalesce?.rxMaxFrames !== undefined && !withCoalesce.includes(type))
    unsupported(`coalesce settings on interface type ${type} are not supported`);
}

const isVirtio = ({ model }: NetworkInterface): boolean => model?.type.startsWith('virtio') === true;

function checkAddresses({ source, routes, ips, backend }: NetworkInterface): void {
  if (routes.length > 0)
    unsupported('Invalid attempt to set network interface guest-side IP route, not supported by QEMU');
  const isPasst = source.type === 'vhostuser' && backend?.type === 'passt';
  if (source.type === 'user' || isPasst || ips.length === 0) {
    checkUserAddresses(ips);
    return;
  }
  unsupported('Invalid attempt to set network interface guest-side IP address info, not supported by QEMU');
}

function checkUserAddresses(ips: NetworkInterface['ips']): void {
  for (const family of ['ipv4', 'ipv6'] as const) {
    const own = ips.filter(
      ({ address, family: named }) => (named ?? (address.includes(':') ? 'ipv6' : 'ipv4')) === family,
    );
    if (own.length > 1) unsupported(`only one IPv${family === 'ipv4' ? '4' : '6'} address per interface allowed`);
  }
}

function checkQueues(entry: NetworkInterface): void {
  const { driver } = entry;
  if (!isVirtio(entry) || driver === undefined) return;
  if (!isPowerOfTwo(driver.rxQueueSize)) unsupported('rx_queue_size has to be a power of two');
  if (!isPowerOfTwo(driver.txQueueSize)) unsupported('tx_queue_size has to be a power of two');
}

const isPowerOfTwo = (value: number | undefined): boolean => value === undefined || (value & (value - 1)) === 0;
