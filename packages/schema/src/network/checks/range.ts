import { errorsFrom } from '../../errors/virt-error.js';
import {
  addressBits,
  broadcastAddress,
  formatIpAddress,
  networkAddress,
  parseIpAddress,
  type IpAddress,
} from '../ip-address.js';

const rangeError = errorsFrom('NONE');
const largest = 0xffffn;

/**
 * Checks a range of addresses, and that it lies in a network where one is given; answers how many there are.
 * @libvirt virSocketAddrGetRange
 */
export function checkRange(
  start: IpAddress,
  end: IpAddress,
  network?: { readonly address: string; readonly prefix: number },
): number {
  const range = `range ${formatIpAddress(start)} - ${formatIpAddress(end)}`;
  if (start.family !== end.family) refuse(`mismatch of address family in ${range}`);
  if (network !== undefined) checkInside(start, end, range, network);
  const bits = BigInt(addressBits(start.family)) - 16n;
  if (
    start.value >> (BigInt(addressBits(start.family)) - bits) !==
    end.value >> (BigInt(addressBits(end.family)) - bits)
  )
    refuse(`${range} is too large (> 65535)`);
  if (end.value < start.value) refuse(`${range} is reversed `);
  return Number((end.value & largest) - (start.value & largest)) + 1;
}

function checkInside(
  start: IpAddress,
  end: IpAddress,
  range: string,
  network: { readonly address: string; readonly prefix: number },
): void {
  const { prefix } = network;
  const address = parseIpAddress(network.address);
  if (address === undefined) return;
  if (address.family !== start.family) refuse(`mismatch of address family in ${range} for network ${network.address}`);
  if (prefix < 0 || prefix > addressBits(address.family))
    refuse(`bad prefix ${prefix} for network ${network.address} when checking ${range}`);
  const base = networkAddress(address, prefix).value;
  const inside = [start, end].every((one) => networkAddress(one, prefix).value === base);
  const where = `network ${network.address}/${prefix}`;
  if (!inside) refuse(`${range} is not entirely within ${where}`);
  if (address.family !== 'ipv4') return;
  if (start.value === base) refuse(`start of ${range} in ${where} is the network address`);
  if (end.value === broadcastAddress(address, prefix).value)
    refuse(`end of ${range} in ${where} is the broadcast address`);
}

function refuse(text: string): never {
  throw rangeError('INTERNAL_ERROR', text);
}
