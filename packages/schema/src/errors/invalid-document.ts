import { errorsFrom, type VirtError, type VirtErrorOptions } from './virt-error.js';

const xmlError = errorsFrom('XML');

/** The file libvirt names for a kind of document; the tables are what is checked against. */
const schemaFile = (kind: SchemaName): string => `/usr/share/libvirt/schemas/${kind}.rng`;

export type SchemaName = 'domain' | 'domainsnapshot' | 'network' | 'networkport' | 'storagepool' | 'storagevol';

/** A document that is no valid one of its kind, with what is wrong a line each. */
export function invalidDocument(kind: SchemaName, lines: readonly string[], options?: VirtErrorOptions): VirtError {
  const text = `XML document failed to validate against schema: Unable to validate doc against ${schemaFile(kind)}`;
  return xmlError.plain('XML_INVALID_SCHEMA', `${text}\n${lines.join('\n')}\n`, options);
}
