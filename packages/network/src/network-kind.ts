import type { ObjectKind } from '@virtkit/core';
import { type Network, network } from '@virtkit/schema';
import { formatPieces, parseElement } from '@virtkit/xml';
import { networkError } from './errors.js';
import { parseStatus, statusPieces, type NetworkRuntime } from './status.js';

/** How networks lie on disk. */
export const networkKind: ObjectKind<Network, NetworkRuntime> = {
  what: 'network',
  directory: 'qemu/networks',
  statusDirectory: 'network',
  numbered: false,
  nameOf: ({ name }) => name,
  uuidOf: uuidOf,
  parse: (text) => parseElement(network, text),
  format: (definition) => formatPieces(network, definition),
  formatStatus: (object) => statusPieces(object.current(), object.runtime ?? { phase: 'running', ports: [] }),
  parseStatus,
};

/** Every network has one once it was completed. */
export function uuidOf({ name, uuid }: Network): string {
  if (uuid === undefined) throw networkError('INTERNAL_ERROR', `network '${name}' has no uuid`);
  return uuid;
}
