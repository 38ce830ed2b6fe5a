/** Counters of one device, from the host's point of view (a guest's tap receives what the guest sends). */
export interface LinkStatistics {
  readonly rxBytes: bigint;
  readonly rxPackets: bigint;
  readonly rxErrors: bigint;
  readonly rxDropped: bigint;
  readonly txBytes: bigint;
  readonly txPackets: bigint;
  readonly txErrors: bigint;
  readonly txDropped: bigint;
}

/** Reads `/proc/net/dev`: every device of this network namespace. */
export function parseLinkStatistics(text: string): ReadonlyMap<string, LinkStatistics> {
  const devices = new Map<string, LinkStatistics>();
  for (const line of text.split('\n')) {
    const colon = line.indexOf(':');
    if (colon < 0) continue;
    const counters = line
      .slice(colon + 1)
      .trim()
      .split(/\s+/);
    if (counters.length >= 12) devices.set(line.slice(0, colon).trim(), statistics(counters));
  }
  return devices;
}

function statistics(counters: readonly string[]): LinkStatistics {
  const at = (index: number) => BigInt(counters[index] ?? 0);
  return {
    rxBytes: at(0),
    rxPackets: at(1),
    rxErrors: at(2),
    rxDropped: at(3),
    txBytes: at(8),
    txPackets: at(9),
    txErrors: at(10),
    txDropped: at(11),
  };
}
