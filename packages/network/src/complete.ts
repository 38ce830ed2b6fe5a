import { randomBytes, randomUUID } from 'node:crypto';
import { makesBridge, type Network } from '@virtkit/schema';
import { networkError } from './errors.js';

/** What a new definition must not collide with. */
export interface Surroundings {
  /** The definition this one replaces. */
  readonly previous: Network | undefined;
  /** All other networks. */
  readonly others: Iterable<Network>;
  /** Names of devices of this host. */
  readonly devices: ReadonlySet<string>;
}

/** Fills in what the document left open: uuid, bridge and its hardware address. Keeps what the network had. */
export function completeNetwork(definition: Network, { previous, others, devices }: Surroundings): void {
  definition.uuid ??= randomUUID();
  if (!makesBridge(definition.forward)) return;
  const taken = new Set([...others].map(({ bridge }) => bridge?.name).filter((name) => name !== undefined));
  definition.bridge ??= {};
  definition.bridge.name = bridgeName(definition, previous, { taken, devices });
  definition.mac ??= previous?.mac ?? generateMac();
}

const largestNumber = 256;

function bridgeName(
  { bridge }: Network,
  previous: Network | undefined,
  { taken, devices }: { readonly taken: ReadonlySet<string>; readonly devices: ReadonlySet<string> },
): string {
  const given = bridge?.name;
  if (given !== undefined && !given.includes('%d')) {
    if (taken.has(given)) throw networkError('INTERNAL_ERROR', `bridge name '${given}' already in use.`);
    return given;
  }
  const kept = previous?.bridge?.name;
  if (given === undefined && kept !== undefined && !taken.has(kept)) return kept;
  const pattern = given ?? 'virbr%d';
  for (let number = 0; number <= largestNumber; number += 1) {
    const name = pattern.replace('%d', String(number));
    if (!taken.has(name) && !devices.has(name)) return name;
  }
  throw networkError('INTERNAL_ERROR', `Bridge generation exceeded max id ${largestNumber}`);
}

/** One of the addresses given to virtual devices. */
const generateMac = (): string =>
  ['52', '54', '00', ...[...randomBytes(3)].map((byte) => byte.toString(16).padStart(2, '0'))].join(':');
