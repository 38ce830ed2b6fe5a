/** IPv4 addresses by MAC, as `/proc/net/arp` lists them; entries without an answer are left out. */
export function parseNeighbours(text: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const line of text.split('\n').slice(1)) {
    const [address, , flags, mac] = line.trim().split(/\s+/);
    if (address === undefined || mac === undefined || Number(flags) === 0) continue;
    found.set(mac, [...(found.get(mac) ?? []), address]);
  }
  return found;
}
