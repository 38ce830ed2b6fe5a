/** An address as a number, most significant byte first. */
export interface IpAddress {
  readonly family: 'ipv4' | 'ipv6';
  readonly value: bigint;
}

export const addressBits = (family: IpAddress['family']): number => (family === 'ipv4' ? 32 : 128);

/**
 * Reads a numeric address. IPv4 in every form the C library takes (`10.1`, `0x7f.0.0.1`), IPv6 without zone. Undefined
 * for anything else, names included.
 */
export function parseIpAddress(text: string): IpAddress | undefined {
  const value = text.includes(':') ? parseIpv6(text) : parseIpv4(text);
  return value === undefined ? undefined : { family: text.includes(':') ? 'ipv6' : 'ipv4', value };
}

/** The canonical text: dotted numbers; lower case with the longest run of zeros left out. */
export function formatIpAddress({ family, value }: IpAddress): string {
  return family === 'ipv4' ? formatIpv4(value) : formatIpv6(value);
}

/** Canonical text of an address, or undefined for what is none. */
export function canonicalAddress(text: string): string | undefined {
  const address = parseIpAddress(text);
  return address && formatIpAddress(address);
}

/** The address with all bits behind the prefix cleared. */
export function networkAddress(address: IpAddress, prefix: number): IpAddress {
  const free = BigInt(addressBits(address.family) - prefix);
  return { family: address.family, value: (address.value >> free) << free };
}

/** The address with all bits behind the prefix set. */
export function broadcastAddress(address: IpAddress, prefix: number): IpAddress {
  const free = BigInt(addressBits(address.family) - prefix);
  return { family: address.family, value: address.value | ((1n << free) - 1n) };
}

/** Length of an IPv4 netmask; undefined for a mask with gaps. */
export function netmaskPrefix(netmask: IpAddress): number | undefined {
  const inverted = ~netmask.value & 0xffffffffn;
  if (netmask.family !== 'ipv4' || (inverted & (inverted + 1n)) !== 0n) return undefined;
  return 32 - inverted.toString(2).replace(/^0$/, '').length;
}

/** The IPv4 netmask of a prefix. */
export const prefixNetmask = (prefix: number): IpAddress => ({
  family: 'ipv4',
  value: (0xffffffffn << BigInt(32 - prefix)) & 0xffffffffn,
});

/** The prefix an IPv4 address had before networks had masks; IPv6 networks have 64. */
export function defaultPrefix(address: IpAddress): number {
  if (address.family === 'ipv6') return 64;
  const first = Number(address.value >> 24n);
  if (first < 128) return 8;
  return first < 192 ? 16 : first < 224 ? 24 : 0;
}

const number = /^(?:0[xX]([0-9a-fA-F]+)|0([0-7]+)|(0|[1-9][0-9]*))$/;

/** As addresses are written nearly always. */
const usual = /^(0|[1-9]\d?\d?)\.(0|[1-9]\d?\d?)\.(0|[1-9]\d?\d?)\.(0|[1-9]\d?\d?)$/;

function parseIpv4(text: string): bigint | undefined {
  const match = usual.exec(text);
  if (match === null) return parseUnusualIpv4(text);
  let value = 0;
  for (let i = 1; i <= 4; i += 1) {
    const part = Number(match[i]);
    if (part > 255) return undefined;
    value = value * 256 + part;
  }
  return BigInt(value);
}

function parseUnusualIpv4(text: string): bigint | undefined {
  const parts = text.split('.').map(parseNumber);
  if (parts.length > 4 || parts.some((part) => part === undefined)) return undefined;
  const numbers = parts as bigint[];
  const last = numbers.pop() ?? 0n;
  const free = BigInt(8 * (4 - numbers.length));
  if (last >= 1n << free || numbers.some((part) => part > 255n)) return undefined;
  return numbers.reduce((value, part, index) => value | (part << BigInt(24 - 8 * index)), last);
}

function parseNumber(text: string): bigint | undefined {
  const match = number.exec(text);
  if (match === null || text.length > 12) return undefined;
  if (match[1] !== undefined) return BigInt(`0x${match[1]}`);
  return match[2] === undefined ? BigInt(text) : BigInt(`0o${match[2]}`);
}

function formatIpv4(value: bigint): string {
  const number = Number(value);
  return `${number >>> 24}.${(number >>> 16) & 255}.${(number >>> 8) & 255}.${number & 255}`;
}

function parseIpv6(text: string): bigint | undefined {
  const [head = '', tail, extra] = withoutDotted(text).split('::');
  if (extra !== undefined) return undefined;
  const before = groups(head);
  const after = tail === undefined ? [] : groups(tail);
  const missing = 8 - before.length - after.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined;
  const all = [...before, ...Array<string>(tail === undefined ? 0 : missing).fill('0'), ...after];
  if (!all.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  return all.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}

const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));

/** Replaces a dotted IPv4 end by two groups; text that has none, or a bad one, is returned as it is. */
function withoutDotted(text: string): string {
  const match = /^(.*:)(\d{1,3}(?:\.\d{1,3}){3})$/.exec(text);
  const value = match?.[2] === undefined ? undefined : parseIpv4(match[2]);
  if (match === null || value === undefined) return text;
  return `${match[1]}${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
}

function formatIpv6(value: bigint): string {
  const words = Array.from({ length: 8 }, (_, index) => Number((value >> BigInt(112 - 16 * index)) & 0xffffn));
  const mapped = value >> 32n === 0xffffn || (value >> 32n === 0n && value > 0xffffn);
  const shown = mapped ? words.slice(0, 6) : words;
  const { start, length } = longestZeros(shown);
  const hex = (part: readonly number[]) => part.map((word) => word.toString(16)).join(':');
  const end = mapped ? `:${formatIpv4(value & 0xffffffffn)}` : '';
  if (length < 2) return hex(shown) + end;
  const after = shown.slice(start + length);
  return `${hex(shown.slice(0, start))}::${hex(after)}${after.length === 0 ? end.slice(1) : end}`;
}

function longestZeros(words: readonly number[]): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < words.length; start += 1) {
    let end = start;
    while (words[end] === 0) end += 1;
    if (end - start > best.length) best = { start, length: end - start };
  }
  return best;
}
