import { errorsFrom } from '../../errors/virt-error.js';
import { formatIpAddress, type IpAddress, parseIpAddress } from '../ip-address.js';

const systemError = errorsFrom('NONE');

/** The address, or the error for text that is none. */
export function requireAddress(text: string, refused: () => never): IpAddress {
  return parseIpAddress(text) ?? refused();
}

/** The address, or what the C library says of text that is none. */
export const resolvedAddress = (text: string): IpAddress =>
  requireAddress(text, () => {
    throw systemError('SYSTEM_ERROR', `Cannot parse socket address '${text}': Name or service not known`);
  });

export const canonical = formatIpAddress;
