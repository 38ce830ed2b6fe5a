/** An IPv4 route of this host: where packets to `destination & mask` go. */
export interface HostRoute {
  readonly device: string;
  readonly destination: bigint;
  readonly mask: bigint;
}

/** Reads `/proc/net/route`. */
export function parseRoutes(text: string): readonly HostRoute[] {
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [device, destination, , , , , , mask] = line.trim().split(/\s+/);
      if (device === undefined || destination === undefined || mask === undefined) return [];
      return [{ device, destination: littleEndian(destination), mask: littleEndian(mask) }];
    });
}

const littleEndian = (hex: string): bigint => BigInt(Buffer.from(hex, 'hex').readUInt32LE(0));
