import { esxError } from './errors.js';

/** What VMware's desktop products print before their version, by libvirt's short names. */
const products = {
  player: 'VMware Player ',
  ws: 'VMware Workstation ',
  fusion: 'VMware Fusion Information:\nVMware Fusion ',
} as const;
export type VmwareProduct = keyof typeof products;

/** The version in a product's own words: major × 1,000,000 + minor × 1,000 + release. Throws when there is none. */
export function productVersion(product: VmwareProduct, words: string): number {
  const prefix = products[product];
  const start = words.indexOf(prefix);
  const match = start < 0 ? null : /^(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(words.slice(start + prefix.length));
  if (match === null) throw esxError('INTERNAL_ERROR', `failed to parse ${prefix.trim()} version`);
  const [, major = '0', minor = '0', release = '0'] = match;
  return Number(major) * 1_000_000 + Number(minor) * 1_000 + Number(release);
}
