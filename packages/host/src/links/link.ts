/** One network device as `ip -json -details link` shows it. */
export interface Link {
  readonly index: number;
  readonly name: string;
  /** `bridge`, `tun`, `veth`, …; undefined for hardware. */
  readonly kind?: string;
  readonly mac?: string;
  readonly mtu: number;
  readonly master?: string;
  /** Administratively up. */
  readonly up: boolean;
  readonly operState: string;
}
export interface LinkAddress {
  readonly family: 'ipv4' | 'ipv6';
  readonly address: string;
  readonly prefix: number;
}
export interface LinkWithAddresses extends Link {
  readonly addresses: readonly LinkAddress[];
}

type Json = { readonly [key: string]: unknown };

/** Reads the answer of `ip -json -details address show` (or `link show`). */
export function parseLinks(text: string): readonly LinkWithAddresses[] {
  if (text.trim() === '') return [];
  const entries = JSON.parse(text) as readonly Json[];
  return entries.filter((entry) => typeof entry['ifname'] === 'string').map(parseLink);
}

function parseLink(entry: Json): LinkWithAddresses {
  const details = record(entry['linkinfo']);
  const flags = Array.isArray(entry['flags']) ? entry['flags'] : [];
  return {
    index: Number(entry['ifindex']),
    name: String(entry['ifname']),
    mtu: Number(entry['mtu'] ?? 0),
    up: flags.includes('UP'),
    operState: String(entry['operstate'] ?? 'UNKNOWN'),
    ...text('kind', details['info_kind']),
    ...text('mac', entry['address']),
    ...text('master', entry['master']),
    addresses: list(entry['addr_info']).flatMap(parseAddress),
  };
}

function parseAddress(entry: Json): readonly LinkAddress[] {
  const family = entry['family'] === 'inet' ? 'ipv4' : entry['family'] === 'inet6' ? 'ipv6' : undefined;
  if (family === undefined) return [];
  return [{ family, address: String(entry['local']), prefix: Number(entry['prefixlen']) }];
}

const record = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : []);
const text = <K extends string>(key: K, value: unknown): { readonly [P in K]?: string } =>
  typeof value === 'string' ? ({ [key]: value } as { readonly [P in K]: string }) : {};
