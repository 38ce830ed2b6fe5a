import { systemWords } from '@virtkit/schema';
import { open, type FileHandle } from 'node:fs/promises';
import { dirname, isAbsolute, resolve } from 'node:path';
import { virtError } from '../errors.js';
import { closedFolder } from './closed-folder.js';

/** What an image file's own header says of what lies below it. */
export interface ImageHeader {
  /** As written in the file: a path, relative to the image or absolute, or a QEMU location. */
  readonly backing: string | undefined;
  readonly backingFormat: string | undefined;
  readonly dataFile: string | undefined;
  /** Bytes the guest sees. */
  readonly capacity: bigint | undefined;
}
const nothing: ImageHeader = { backing: undefined, backingFormat: undefined, dataFile: undefined, capacity: undefined };

const headerBytes = 64 * 1024;
const longestName = 1023;
const magic = 0x51_46_49_fb;
const backingFormatExtension = 0xe2_79_2a_ca;
const dataFileExtension = 0x44_41_54_41;

/** Reads the header of a qcow2 (or old qcow) image; other formats know no backing file here. Never the whole file. */
export async function readImageHeader(path: string, format: string): Promise<ImageHeader> {
  if (format !== 'qcow2') return nothing;
  const file = await open(path, 'r');
  try {
    return await readQcow2(file);
  } finally {
    await file.close();
  }
}

async function readQcow2(file: FileHandle): Promise<ImageHeader> {
  const head = await readAt(file, 0n, headerBytes);
  if (head.length < 72 || head.readUInt32BE(0) !== magic) return nothing;
  const version = head.readUInt32BE(4);
  const [offset, length] = [head.readBigUInt64BE(8), head.readUInt32BE(16)];
  const name = offset === 0n || length === 0 || length > longestName ? undefined : await readAt(file, offset, length);
  const extensions =
    version >= 2 ? readExtensions(head, version === 2 ? 72 : head.readUInt32BE(100)) : new Map<number, string>();
  return {
    backing: name?.toString('utf8'),
    backingFormat: extensions.get(backingFormatExtension),
    dataFile: extensions.get(dataFileExtension),
    capacity: head.readBigUInt64BE(24),
  };
}

function readExtensions(head: Buffer, start: number): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (let at = start; at + 8 <= head.length; ) {
    const [kind, length] = [head.readUInt32BE(at), head.readUInt32BE(at + 4)];
    if (kind === 0 || at + 8 + length > head.length) break;
    found.set(kind, head.toString('utf8', at + 8, at + 8 + length));
    at += 8 + Math.ceil(length / 8) * 8;
  }
  return found;
}

async function readAt(file: FileHandle, offset: bigint, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, Number(offset));
  return buffer.subarray(0, bytesRead);
}

/** One image below another. */
export interface ChainLink {
  readonly path: string;
  readonly format: string;
}

/**
 * The files below an image, top first, as their headers say. Ends at an image without backing file and at one that is
 * no local file (QEMU opens that by itself).
 * @throws the error a client shall see when a file is missing, a loop closes or a format is not named.
 */
export async function backingChain(
  path: string,
  format: string,
  as: { readonly uid: number; readonly gid: number },
): Promise<readonly ChainLink[]> {
  const links: ChainLink[] = [];
  const seen = new Set([path]);
  for (let above: ChainLink | undefined = { path, format }; above !== undefined; ) {
    const below = await linkBelow(above, as, path);
    if (below !== undefined && seen.has(below.path)) {
      throw virtError('INTERNAL_ERROR', `backing store for ${path} (${below.path}) is self-referential`);
    }
    if (below !== undefined) links.push(below);
    if (below !== undefined) seen.add(below.path);
    above = below;
  }
  return links;
}

async function linkBelow(
  above: ChainLink,
  as: { readonly uid: number; readonly gid: number },
  top: string,
): Promise<ChainLink | undefined> {
  const { backing, backingFormat } = await headerOf(above, as, top);
  if (backing === undefined || isLocation(backing)) return undefined;
  const path = isAbsolute(backing) ? backing : resolve(dirname(above.path), backing);
  if (backingFormat === undefined) {
    throw virtError(
      'OPERATION_INVALID',
      `format of backing image '${path}' of image '${above.path}' was not specified in the image metadata (See https://libvirt.org/kbase/backing_chains.html for troubleshooting)`,
    );
  }
  return { path, format: backingFormat };
}

async function headerOf(
  { path, format }: ChainLink,
  as: { readonly uid: number; readonly gid: number },
  top: string,
): Promise<ImageHeader> {
  const inaccessible = (words: string, cause?: unknown): Error =>
    virtError('SYSTEM_ERROR', `Cannot access ${what} (as uid:${as.uid}, gid:${as.gid}): ${words}`, { cause });
  const what = path === top ? `storage file '${path}'` : `backing file '${path}' of storage file '${top}'`;
  if (format !== 'raw' && (await closedFolder(path, as)) !== undefined) throw inaccessible('Permission denied');
  try {
    return await readImageHeader(path, format);
  } catch (cause) {
    throw inaccessible(systemWords(cause), cause);
  }
}

/** `json:{…}` or `nbd://…`, which QEMU itself understands. */
const isLocation = (text: string): boolean => text.startsWith('json:') || /^[a-z][a-z0-9+.-]*:/i.test(text);
