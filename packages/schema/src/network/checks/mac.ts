import { mac } from '@virtkit/xml';

/** Lower case with two digits each, or undefined. */
export const parseMac = (text: string): string | undefined => mac.parse(text);

/** Addresses of a group are no device's own. */
export const isMulticast = (address: string): boolean => (Number.parseInt(address.slice(0, 2), 16) & 1) === 1;
