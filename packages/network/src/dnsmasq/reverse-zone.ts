import { type NetworkIp, networkIpPrefix, parseIpAddress } from '@virtkit/schema';
import { networkError } from '../errors.js';

/** The zone addresses of a network are looked up backwards in; the prefix must end between two of its labels. */
export function reverseZone(ip: NetworkIp, network: string): string {
  const prefix = networkIpPrefix(ip) ?? 0;
  const address = parseIpAddress(ip.address);
  const bits = address?.family === 'ipv6' ? 4 : 8;
  const most = address?.family === 'ipv6' ? 124 : 24;
  if (address === undefined || prefix % bits !== 0 || prefix === 0 || prefix > most)
    throw networkError(
      'CONFIG_UNSUPPORTED',
      `PTR domain for ${network} network with prefix ${prefix} cannot be automatically created`,
    );
  const width = address.family === 'ipv6' ? 128 : 32;
  const labels = Array.from({ length: prefix / bits }, (_, index) => {
    const value = (address.value >> BigInt(width - bits * (index + 1))) & ((1n << BigInt(bits)) - 1n);
    return address.family === 'ipv6' ? value.toString(16) : String(value);
  });
  return [...labels.reverse(), address.family === 'ipv6' ? 'ip6.arpa' : 'in-addr.arpa'].join('.');
}
