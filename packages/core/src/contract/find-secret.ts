import { errorsFrom } from '@virtkit/schema';
import type { Call } from './call.js';
import type { SecretFacet } from './facets/node.js';
import type { SecretRef } from './references.js';

/** How documents name a secret: one of both. */
export interface SecretName {
  readonly uuid?: string | undefined;
  readonly usage?: string | undefined;
}

const secretError = errorsFrom('SECRET');

/**
 * The secret a document names. Secrets come from the secret subsystem; without one there are none.
 * @throws `NO_SECRET`
 */
export async function findSecret(facet: SecretFacet | undefined, wanted: SecretName, call: Call): Promise<SecretRef> {
  const secrets = (await facet?.list(call)) ?? [];
  const found = secrets.find(({ ref }) => isNamed(ref, wanted));
  if (found === undefined) throw noSecret(wanted);
  return found.ref;
}

const isNamed = (ref: SecretRef, { uuid, usage }: SecretName): boolean =>
  uuid === undefined ? ref.usageId === usage : ref.uuid === uuid;

/** That a secret is not there, or has no value. */
export const noSecret = ({ uuid, usage }: SecretName): Error =>
  secretError('NO_SECRET', `no secret with matching ${uuid === undefined ? `usage '${usage}'` : `uuid '${uuid}'`}`);
