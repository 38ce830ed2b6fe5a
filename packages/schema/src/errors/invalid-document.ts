import { errorsFrom, type VirtError } from './virt-error.js';

const xmlError = errorsFrom('XML');

/** The file libvirt names for a kind of document; the tables are what is checked against. */
const schemaFile = (kind: SchemaName): string => `/usr/share/libvirt/schemas/${kind}.rng`;

export type SchemaName = 'domain' | 'domainsnapshot' | 'network' | 'networkport' | 'storagepool' | 'storagevol';

/** What is wrong, and where. */
export interface DocumentProblem {
  readonly text: string;
  readonly line: number;
}

/** A document that is no valid one of its kind, with what is wrong a line each. The error names the first place. */
export function invalidDocument(kind: SchemaName, problems: readonly DocumentProblem[], cause?: unknown): VirtError {
  const text = `XML document failed to validate against schema: Unable to validate doc against ${schemaFile(kind)}`;
  const message = `${text}\n${problems.map((problem) => `${problem.text}\n`).join('')}`;
  return xmlError.plain('XML_INVALID_SCHEMA', message, { cause, line: problems[0]?.line });
}
