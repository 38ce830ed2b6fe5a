import type { ProcessIdentity } from '@virtkit/host';
import { type Network, type NetworkPort, network, networkPort } from '@virtkit/schema';
import {
  attr,
  child,
  element,
  type FieldsOf,
  formatPieces,
  int64,
  type Integer64,
  list,
  oneOf,
  optChild,
  parseElement,
  type Pieces,
  uint,
} from '@virtkit/xml';

/** What is known of an active network beside its definition. */
export interface NetworkRuntime {
  /** What a crash now would have interrupted. */
  readonly phase: 'starting' | 'running' | 'stopping';
  readonly dnsmasq?: ProcessIdentity | undefined;
  readonly ports: readonly NetworkPort[];
}

const processFields = { pid: attr(uint()), start: attr<Integer64>(int64) };
interface Process extends FieldsOf<typeof processFields> {}

const fields = {
  phase: attr(oneOf('starting', 'running', 'stopping'), { default: 'running' }),
  dnsmasq: optChild(element<Process>('dnsmasq', processFields)),
  ports: list(networkPort),
  network: child(network),
};
interface Status extends FieldsOf<typeof fields> {}
const status = element<Status>('networkstatus', fields);

/** The status document of an active network. */
export function statusPieces(definition: Network, { phase, dnsmasq, ports }: NetworkRuntime): Pieces<string> {
  const process = dnsmasq && { pid: dnsmasq.pid, start: dnsmasq.startTime };
  return formatPieces(status, { phase, dnsmasq: process, ports: [...ports], network: definition }, { live: true });
}

/** Reads a status document back. */
export function parseStatus(text: string): { readonly definition: Network; readonly runtime: NetworkRuntime } {
  const { phase, dnsmasq, ports, network: definition } = parseElement(status, text, { live: true });
  const process = dnsmasq && { pid: dnsmasq.pid, startTime: BigInt(dnsmasq.start) };
  return { definition, runtime: { phase, dnsmasq: process, ports } };
}
