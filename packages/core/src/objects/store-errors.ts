import { type ErrorOrigin, errorsFrom, type VirtError } from '@virtkit/schema';
import type { ObjectKind } from '../contract/state.js';

type What = ObjectKind<unknown>['what'];

const words: Readonly<Record<What, { readonly noun: string; readonly origin: ErrorOrigin }>> = {
  domain: { noun: 'domain', origin: 'DOMAIN' },
  network: { noun: 'network', origin: 'NETWORK' },
  storagePool: { noun: 'pool', origin: 'STORAGE' },
};

/** The uuid belongs to an object of another name. */
export function otherName(what: What, name: string, uuid: string): VirtError {
  const { noun, origin } = words[what];
  return errorsFrom(origin)('OPERATION_FAILED', `${noun} '${name}' is already defined with uuid ${uuid}`);
}

/** The name belongs to an object of another uuid. */
export function otherUuid(what: What, name: string, uuid: string): VirtError {
  const { noun, origin } = words[what];
  return errorsFrom(origin)('OPERATION_FAILED', `${noun} '${name}' already exists with uuid ${uuid}`);
}

export function alreadyActive(what: What, name: string): VirtError {
  const { noun, origin } = words[what];
  return errorsFrom(origin)('OPERATION_INVALID', `${noun} is already active as '${name}'`);
}

/** It was there when the job was asked for. */
export function vanished(kind: Pick<ObjectKind<unknown>, 'what' | 'origin'>, uuid: string, name: string): VirtError {
  const { origin } = words[kind.what];
  const error = errorsFrom(kind.origin ?? origin);
  const matching = `matching uuid '${uuid}' (${name})`;
  if (kind.what === 'domain') return error('NO_DOMAIN', `no domain with ${matching}`);
  if (kind.what === 'network') return error('NO_NETWORK', `no network with ${matching}`);
  return error('NO_STORAGE_POOL', `no storage pool with ${matching}`);
}
