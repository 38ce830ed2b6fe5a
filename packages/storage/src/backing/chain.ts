import type { StorageSource, VolumeFormat } from '@virtkit/schema';
import type { Header } from '../image/header.js';
import { readMetadata } from '../image/metadata.js';
import { probeFormat } from '../image/probe.js';
import { storageError } from '../errors.js';
import { parseBackingString } from './backing-string.js';

/** An image that could be opened. */
export interface OpenImage {
  readonly type: 'file' | 'block' | 'dir';
  /** Tells one file from another, whatever its path. */
  readonly identity: string;
  readonly header: Header;
}
/** Opens a path for as long as `use` runs. Throws the error of the system when it cannot. */
export type ImageOpener = <T>(path: string, use: (image: OpenImage) => T) => T;

/** One image of a chain. */
export interface ChainImage {
  readonly source: StorageSource;
  readonly type: StorageSource['type'];
  readonly path: string;
  readonly format: VolumeFormat;
  /** Bytes as the header says; 0 where it says nothing. */
  readonly capacity: bigint;
  readonly encrypted: boolean;
  /** What the header says lies below; `format` absent: it does not say. */
  readonly backing?: { readonly text: string; readonly format?: VolumeFormat };
  /** How the image above names this one, when that is relative. */
  readonly relativePath?: string;
  readonly dataFile?: { readonly name: string; readonly image: ChainImage };
}

interface Step {
  readonly path: string;
  /** Undefined: to be probed. */
  readonly format: VolumeFormat | undefined;
  readonly relativePath?: string;
}

/**
 * An image and all below it, top first. A top without a format counts as raw; one below is probed, and may then have
 * nothing below itself: a guest could have written that header.
 */
export function readChain(
  start: { readonly path: string; readonly format?: VolumeFormat },
  open: ImageOpener,
  maxDepth: number,
): readonly ChainImage[] {
  const chain: ChainImage[] = [];
  const seen = new Set<string>();
  let step: Step | undefined = { path: start.path, format: start.format ?? 'none' };
  while (step !== undefined) {
    if (chain.length > maxDepth)
      throw storageError('INTERNAL_ERROR', `backing store for ${step.path} is nested too deep`);
    const image: ChainImage = readImage(step, open, seen);
    chain.push(image);
    const above: string = step.path;
    const next: Step | ChainImage | undefined = below(above, image, step.format === undefined);
    if (next !== undefined && 'source' in next) {
      chain.push(next);
      step = undefined;
    } else step = next;
  }
  return chain;
}

function readImage({ path, format, relativePath }: Step, open: ImageOpener, seen: Set<string>): ChainImage {
  return open(path, ({ type, identity, header }) => {
    if (seen.has(identity)) throw storageError('INTERNAL_ERROR', `backing store for ${path} is self-referential`);
    seen.add(identity);
    const unknown = format === 'none' ? (type === 'dir' ? 'dir' : 'raw') : undefined;
    const known = unknown ?? format ?? (type === 'dir' ? 'dir' : probeFormat(header));
    const metadata = type === 'dir' ? { format: known } : readMetadata(header, known);
    const dataFile = metadata.qcow2?.dataFile;
    return {
      source: localSource(type, path),
      type,
      path,
      format: known,
      capacity: metadata.capacity ?? 0n,
      encrypted: metadata.encryption !== undefined,
      ...(metadata.backing === undefined ? {} : { backing: metadata.backing }),
      ...(relativePath === undefined ? {} : { relativePath }),
      ...(dataFile === undefined ? {} : { dataFile: readDataFile(path, dataFile.name, open) }),
    };
  });
}

function readDataFile(above: string, name: string | undefined, open: ImageOpener): NonNullable<ChainImage['dataFile']> {
  if (name === undefined || name === '')
    throw storageError('INTERNAL_ERROR', `image '${above}' has an external data file without a name`);
  const path = beside(above, name);
  return { name, image: readImage({ path, format: 'raw' }, open, new Set()) };
}

function localSource(type: OpenImage['type'], path: string): StorageSource {
  if (type === 'dir') return { type, dir: path, seclabels: [] };
  return type === 'block' ? { type, dev: path, seclabels: [] } : { type, file: path, seclabels: [] };
}

/** What comes next: a step for a file, the image itself for what lies on a network, undefined at the end. */
function below(above: string, image: ChainImage, probed: boolean): Step | ChainImage | undefined {
  if (image.backing === undefined) {
    if (probed && image.dataFile !== undefined) throw notSpecified(above);
    return undefined;
  }
  if (probed) throw notSpecified(above);
  const source = parseBackingString(image.backing.text);
  const path = pathOf(source);
  if (source.type === 'network' || path === undefined) return remote(source, image.backing.format ?? 'raw');
  const relative = !path.startsWith('/');
  const format = image.backing.format;
  return { path: relative ? beside(above, path) : path, format, ...(relative ? { relativePath: path } : {}) };
}

const notSpecified = (path: string) =>
  storageError('OPERATION_INVALID', `format of backing image '${path}' was not specified in the image metadata`);

function pathOf(source: StorageSource): string | undefined {
  if (source.type === 'file') return source.file;
  if (source.type === 'block') return source.dev;
  return source.type === 'dir' ? source.dir : undefined;
}

const remote = (source: StorageSource, format: VolumeFormat): ChainImage => ({
  source,
  type: source.type,
  path: source.type === 'network' ? (source.name ?? '') : '',
  format,
  capacity: 0n,
  encrypted: false,
});

const beside = (above: string, name: string): string =>
  name.startsWith('/') ? name : `${above.slice(0, above.lastIndexOf('/') + 1)}${name}`;
