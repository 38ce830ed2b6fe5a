import { randomUUID } from 'node:crypto';
import { type Domain, errorsFrom } from '@virtkit/schema';
import type { Dialect, GatherPurpose, PhasePoint } from '../../contract/dialect.js';

/**
 * The phases after parsing: gather (the driver's, the only one that waits), complete, validate. Common phases come
 * before the driver's of the same point.
 */
export async function completeDomain(
  definition: Domain,
  dialect: Dialect,
  purpose: GatherPurpose['for'],
  signal: AbortSignal,
): Promise<Domain> {
  refuseForeignType(definition, dialect);
  definition.uuid ??= randomUUID();
  const facts = await dialect.gather?.(definition, { for: purpose }, signal);
  for (const point of points)
    for (const phase of dialect.complete ?? []) if (phase.at === point) phase.apply(definition, facts);
  for (const { check } of dialect.validate ?? []) check(definition, facts);
  return definition;
}

const points: readonly PhasePoint[] = ['first', 'device', 'domain', 'addresses', 'last'];

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
