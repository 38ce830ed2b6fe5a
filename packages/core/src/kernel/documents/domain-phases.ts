import { randomUUID } from 'node:crypto';
import { completionPieces, type Domain, errorsFrom, validationPieces } from '@virtkit/schema';
import { isLong, type Pieces, whole } from '@virtkit/xml';
import type { Slices } from '../../slices/slices.js';
import { type Dialect, type GatherPurpose, isNewDefinition } from '../../contract/dialect.js';

/**
 * The phases after parsing: gather (the driver's, the only one that waits), complete and validate, the common rules and
 * the driver's.
 */
export async function prepareDefinition(
  definition: Domain,
  dialect: Dialect,
  purpose: GatherPurpose['for'],
  { slices, signal }: { readonly slices: Slices; readonly signal: AbortSignal },
): Promise<Domain> {
  if (dialect.judgesType !== true) refuseForeignType(definition, dialect);
  const facts = await dialect.gather?.(definition, { for: purpose }, signal);
  const pieces = phases(definition, dialect, purpose, facts);
  return isLong(definition.devices) ? slices.run(pieces, signal) : whole(pieces);
}

function* phases(definition: Domain, dialect: Dialect, purpose: GatherPurpose['for'], facts: unknown): Pieces<Domain> {
  const isNew = isNewDefinition(purpose);
  const options = { randomUuid: randomUUID, randomMac: macsOf(dialect), isNew, wideScsi: dialect.wideScsi === true };
  yield* completionPieces(definition, options, dialect.complete ?? [], facts);
  yield* validationPieces(definition, (point) => {
    for (const { at = 'domain', check } of dialect.validate ?? []) if (at === point) check(definition, facts);
  });
  return definition;
}

/** Random addresses with the dialect's own first bytes. */
export function macsOf({ macPrefix = '52:54:00' }: Dialect): () => string {
  return () => {
    const random = randomUUID(); // of random bytes that are kept in store, unlike `randomBytes`
    return `${macPrefix}:${random.slice(0, 2)}:${random.slice(2, 4)}:${random.slice(4, 6)}`;
  };
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
