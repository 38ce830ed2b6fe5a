import type { NetworkInterface } from '../devices/interface.js';

/** Beginnings of names that are given at start; a definition doesn't keep them. */
const generated = ['vnet', 'macvtap', 'macvlan', 'vif'];

export interface InterfaceCompletion {
  /** Six pairs of digits. */
  readonly randomMac: () => string;
  /** For ports of switches that know them by a number; without it they stay as they are. */
  readonly randomUuid?: (() => string) | undefined;
  readonly live: boolean;
}

/** A hardware address for an interface without one; a name given at start is dropped from definitions. A device
 * that somebody else looks after keeps its name. */
export function completeInterface(entry: NetworkInterface, { randomMac, randomUuid, live }: InterfaceCompletion): void {
  if (entry.mac === undefined || entry.mac.address === '00:00:00:00:00:00') entry.mac = { address: randomMac() };
  if (entry.virtualPort?.type === 'openvswitch') entry.virtualPort.interfaceid ??= randomUuid?.();
  if (entry.virtualPort?.type === '802.1Qbg') entry.virtualPort.instanceid ??= randomUuid?.();
  const dev = entry.target?.dev;
  if (
    !live &&
    dev !== undefined &&
    entry.target?.managed !== false &&
    generated.some((start) => dev.startsWith(start) && /^\d+$/.test(dev.slice(start.length)))
  ) {
    delete entry.target?.dev;
  }
}
