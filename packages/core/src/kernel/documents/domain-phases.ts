import { randomBytes, randomUUID } from 'node:crypto';
import { completeDomain, type Domain, errorsFrom, validateDomain } from '@virtkit/schema';
import type { Dialect, GatherPurpose } from '../../contract/dialect.js';

/**
 * The phases after parsing: gather (the driver's, the only one that waits), complete and validate, the common rules and
 * the driver's.
 */
export async function prepareDefinition(
  definition: Domain,
  dialect: Dialect,
  purpose: GatherPurpose['for'],
  signal: AbortSignal,
): Promise<Domain> {
  if (dialect.judgesType !== true) refuseForeignType(definition, dialect);
  const facts = await dialect.gather?.(definition, { for: purpose }, signal);
  const isNew = purpose === 'define' || purpose === 'create';
  const options = { randomUuid: randomUUID, randomMac: macsOf(dialect), isNew, wideScsi: dialect.wideScsi === true };
  completeDomain(definition, options, dialect.complete ?? [], facts);
  validateDomain(definition, (point) => {
    for (const { at = 'domain', check } of dialect.validate ?? []) if (at === point) check(definition, facts);
  });
  return definition;
}

/** Random addresses with the dialect's own first bytes. */
export function macsOf({ macPrefix = '52:54:00' }: Dialect): () => string {
  return () => `${macPrefix}:${[...randomBytes(3)].map((byte) => byte.toString(16).padStart(2, '0')).join(':')}`;
}

function refuseForeignType({ type, os }: Domain, { virtTypes }: Dialect): void {
  if (virtTypes.includes(type)) return;
  const wanted = [
    os.type.name === '' ? '' : `ostype=${os.type.name} `,
    os.type.arch === undefined ? '' : `arch=${os.type.arch} `,
    `domaintype=${type} `,
  ].join('');
  throw errorsFrom('DOMAIN')(
    'INVALID_ARG',
    `could not find capabilities for ${wanted}(this driver takes ${virtTypes.join(', ')})`,
  );
}
