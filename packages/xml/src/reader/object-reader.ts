import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { syntaxError } from '../xml-error.js';

export interface ObjectReaderOptions {
  /** Elements that are lists even where only one stands there: `(name, path) => boolean`. */
  readonly isArray?: ((name: string, path: string) => boolean) | undefined;
  /** Longest accepted text in characters. */
  readonly maxLength?: number | undefined;
}

const LONGEST = 64 * 1024 * 1024;

/**
 * Reads the object-shaped answers of remote hypervisors (SOAP, WS-Management): element names without prefix become keys,
 * attributes keys with `@`, text `#text`; all values are strings. A document type is refused.
 */
export function readObject(text: string, options: ObjectReaderOptions = {}): Record<string, unknown> {
  const start = { line: 1, column: 1 };
  if (text.length > (options.maxLength ?? LONGEST))
    throw syntaxError(`answer of ${text.length} characters is too long`, start);
  if (/<!DOCTYPE/.test(text)) throw syntaxError('document type declarations are not supported', start);
  const valid = XMLValidator.validate(text);
  if (valid !== true)
    throw syntaxError(`at line ${valid.err.line}: ${valid.err.msg}`, { line: valid.err.line, column: valid.err.col });
  return parserFor(options).parse(text) as Record<string, unknown>;
}

function parserFor({ isArray }: ObjectReaderOptions): XMLParser {
  return new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    removeNSPrefix: true,
    parseTagValue: false,
    parseAttributeValue: false,
    ignoreDeclaration: true,
    trimValues: true,
    ...(isArray === undefined ? {} : { isArray: (name: string, path: unknown) => isArray(name, String(path)) }),
  });
}
