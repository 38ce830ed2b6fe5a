import { esxError } from '../errors.js';

/** `[datastore] directory/file` in parts. */
export interface DatastorePath {
  readonly datastore: string;
  /** Without the file; of a file at the top, the file itself. */
  readonly directory: string;
  /** Everything behind the datastore. */
  readonly path: string;
}

/** Throws for text that does not begin with a datastore. */
export function parseDatastorePath(text: string): DatastorePath {
  const match = /^\[([^\]]*)\] *(.*)$/s.exec(text);
  if (match === null)
    throw esxError('INTERNAL_ERROR', `Datastore path '${text}' doesn't have expected format '[<datastore>] <path>'`);
  const [, datastore = '', path = ''] = match;
  const slash = path.lastIndexOf('/');
  return { datastore, path, directory: slash < 0 ? path : path.slice(0, slash) };
}

/** Characters no file of a datastore may have. */
const forbidden = /["*<>:|?]/g;
const encoded = /[^A-Za-z0-9,'() _.-]+/g;

/** A name as a file name of a datastore: forbidden characters become `_`, `%` and its like `%XX`, others `+BASE64-`. */
export function escapeDatastoreItem(name: string): string {
  const plain = name
    .replaceAll(forbidden, '_')
    .replaceAll(/[%/\\]/g, (found) => `%${found.charCodeAt(0).toString(16)}`);
  return Buffer.from(plain, 'utf8').toString('latin1').replaceAll(encoded, asBase64);
}

function asBase64(run: string, offset: number, whole: string): string {
  const text = Buffer.from(run, 'latin1').toString('base64').replaceAll('=', '').replaceAll('/', ',');
  return `+${text}${offset + run.length < whole.length ? '-' : ''}`;
}
