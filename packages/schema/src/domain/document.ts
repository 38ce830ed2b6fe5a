import {
  attributeOf,
  checkDocument,
  type Extensions,
  formatElement,
  type Modes,
  readDocument,
  readElement,
  SchemaViolation,
  type XmlDocument,
} from '@virtkit/xml';
import { errorOrigins } from '../errors/error-origins.js';
import { invalidDocument } from '../errors/invalid-document.js';
import { errorNameOf, isVirtError, type VirtErrorLike } from '../errors/virt-error.js';
import { type Domain, domain } from './domain.js';

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
export function parseDomain(text: string | Uint8Array, options: DomainReadOptions = {}): Domain {
  const document = readDocument(text, { ...options, origin: errorOrigins.DOMAIN.number });
  const read = (): Domain =>
    readElement(domain, document, {
      ...options,
      strict: false,
      live: options.live === true && attributeOf(document.root, 'id') !== undefined,
    });
  return options.strict === true ? readStrictly(document, options, read) : read();
}

/** Writes a definition in libvirt's layout. `live` writes what only running guests have, `secure` passwords too. */
export const formatDomain = (
  definition: Domain,
  options: Modes & { readonly extensions?: Extensions | undefined } = {},
): string => formatElement(domain, definition, options);

/**
 * A guest without name is refused as such, before its document is held against the schema; what contradicts itself in
 * ways no schema can say keeps its own error, after it.
 * @libvirt VIR_DOMAIN_DEFINE_VALIDATE
 */
function readStrictly(document: XmlDocument, options: DomainReadOptions, read: () => Domain): Domain {
  try {
    const value = read();
    refuseInvalid(document, options);
    return value;
  } catch (error) {
    if (isVirtError(error) && !isEarly(error)) refuseInvalid(document, options);
    throw error;
  }
}

/** What is read before anything is held against the schema, and what the schema says itself. */
const isEarly = ({ code, message }: VirtErrorLike): boolean =>
  ['NO_NAME', 'XML_INVALID_SCHEMA'].includes(errorNameOf(code) ?? '') ||
  /malformed uuid|expecting root element/.test(message);

function refuseInvalid(document: XmlDocument, options: DomainReadOptions): void {
  const problems = [...checkDocument(domain, document)];
  const violation = strictly(document, options);
  if (violation !== undefined) problems.push({ text: violation.message, line: violation.position.line });
  if (problems.length === 0) return;
  throw invalidDocument('domain', problems);
}

/** The first value or absence a table refuses. What more is wrong with the document is no matter of the schema. */
function strictly(document: XmlDocument, options: DomainReadOptions): SchemaViolation | undefined {
  try {
    readElement(domain, document, { ...options, strict: true });
  } catch (error) {
    if (error instanceof SchemaViolation) return error;
  }
  return undefined;
}
