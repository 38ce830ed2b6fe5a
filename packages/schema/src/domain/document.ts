import {
  attributeOf,
  checkPieces,
  documentPieces,
  elementPieces,
  type Extensions,
  formatElement,
  formatPieces,
  type Modes,
  type Pieces,
  violationPieces,
  whole,
  type XmlDocument,
} from '@virtkit/xml';
import { errorOrigins } from '../errors/error-origins.js';
import { invalidDocument } from '../errors/invalid-document.js';
import { isVirtError } from '../errors/virt-error.js';
import { type Domain, domain, domainIdentity } from './domain.js';

/** What is kept as it is, in whatever document: see `raw`. */
export const opaque = ['metadata'] as const;

export interface DomainReadOptions extends Modes {
  /** File the text comes from, named in errors. */
  readonly file?: string | undefined;
  /** Rows of the driver whose document it is. */
  readonly extensions?: Extensions | undefined;
  /** Names the tables don't know are refused (`--validate`). */
  readonly strict?: boolean | undefined;
}

/**
 * Reads a definition as it is written: nothing is completed or checked beyond single values. `live` reads what only running guests
 * have (ids, aliases, paths of terminals); a document without id is none of a running guest. Throws errors with libvirt's numbers; those of the text itself name line and column.
 */
export const parseDomain = (text: string | Uint8Array, options: DomainReadOptions = {}): Domain =>
  whole(domainPieces(text, options));

/** As `parseDomain`, in pieces. */
export function* domainPieces(text: string | Uint8Array, options: DomainReadOptions = {}): Pieces<Domain> {
  const document = yield* documentPieces(text, { ...options, opaque, origin: errorOrigins.DOMAIN.number });
  const context = {
    ...options,
    strict: false,
    live: options.live === true && attributeOf(document.root, 'id') !== undefined,
  };
  if (options.strict === true) return yield* readStrictly(document, options, context);
  return yield* elementPieces(domain, document, context);
}

/** Writes a definition in libvirt's layout. `live` writes what only running guests have, `secure` passwords too. */
export const formatDomain = (
  definition: Domain,
  options: Modes & { readonly extensions?: Extensions | undefined } = {},
): string => formatElement(domain, definition, options);

/** As `formatDomain`, in pieces. */
export const domainTextPieces = (
  definition: Domain,
  options: Modes & { readonly extensions?: Extensions | undefined } = {},
): Pieces<string> => formatPieces(domain, definition, options);

/**
 * A guest without name is refused as such, before its document is held against the schema; what contradicts itself in
 * ways no schema can say keeps its own error, after it.
 * @libvirt VIR_DOMAIN_DEFINE_VALIDATE
 */
function* readStrictly(document: XmlDocument, options: DomainReadOptions, context: DomainReadOptions): Pieces<Domain> {
  yield* elementPieces(domainIdentity, document, context);
  const value = yield* readAgainstSchema(document, options, context);
  yield* refuseInvalid(document, options);
  return value;
}

/** What the schema has to say comes before the tables' own refusal. */
function* readAgainstSchema(
  document: XmlDocument,
  options: DomainReadOptions,
  context: DomainReadOptions,
): Pieces<Domain> {
  try {
    return yield* elementPieces(domain, document, context);
  } catch (error) {
    if (isVirtError(error)) yield* refuseInvalid(document, options);
    throw error;
  }
}

function* refuseInvalid(document: XmlDocument, options: DomainReadOptions): Pieces<void> {
  const problems = [...(yield* checkPieces(domain, document)), ...(yield* violationPieces(domain, document, options))];
  if (problems.length === 0) return;
  throw invalidDocument('domain', problems);
}
