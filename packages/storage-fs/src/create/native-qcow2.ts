import { closeSync, fdatasyncSync, fstatSync, openSync, writeSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type ImageRequest, probeFormat, qcow2Header, systemError } from '@virtkit/storage';
import { HeaderReader } from '../scan/file-header.js';
import { openVolume } from '../scan/identify.js';

/**
 * The bytes of an empty qcow2 image, where they are certain to be those qemu-img would write: no preallocation, no
 * encryption, nothing unusual, and a backing image that is there and of the format it is said to have.
 */
export function nativeQcow2(image: ImageRequest, finalPath: string): Uint8Array | undefined {
  const { compat = '1.1', features = [], clusterSize = 0n, backing } = image;
  const usual = image.format === 'qcow2' && !image.preallocate && !image.nocow && image.encryption === undefined;
  if (!usual || (compat !== '1.1' && compat !== '0.10')) return undefined;
  const lazyRefcounts = features.includes('lazy_refcounts');
  if (features.some((feature) => feature !== 'lazy_refcounts') || (lazyRefcounts && compat === '0.10'))
    return undefined;
  if (backing !== undefined && !isUsable(backing, finalPath)) return undefined;
  return qcow2Header({
    capacity: wholeKib(image.capacity), // as qemu-img is asked for it
    compat,
    lazyRefcounts,
    ...(clusterSize === 0n ? {} : { clusterSize: Number(clusterSize) }),
    ...(backing === undefined ? {} : { backing }),
  });
}

const kib = 1024n;
const wholeKib = (bytes: bigint): bigint => ((bytes + kib - 1n) / kib) * kib;

function isUsable({ path, format }: { readonly path: string; readonly format: string }, finalPath: string): boolean {
  if (format !== 'raw' && format !== 'qcow2') return false;
  const usable = openVolume(resolve(dirname(finalPath), path), (fd) => {
    if (!fstatSync(fd).isFile()) return false;
    return format === 'raw' || probeFormat(new HeaderReader().of(fd)) === 'qcow2';
  });
  return usable === true;
}

/** Writes a new file. Nothing of it stays when that fails is the workshop's promise, not this function's. */
export function writeNewFile(path: string, bytes: Uint8Array, mode: number, finalPath: string): void {
  try {
    const fd = openSync(path, 'wx', mode);
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
      fdatasyncSync(fd);
    } finally {
      closeSync(fd);
    }
  } catch (cause) {
    throw systemError(`failed writing to file '${finalPath}'`, cause);
  }
}
