import { systemError } from '@virtkit/host';
import { readdirSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { StorageVolume } from '@virtkit/schema';
import { isWorkshop, sweepWorkshop } from '../create/workshop.js';
import { HeaderReader } from './file-header.js';
import { identify } from './identify.js';
import { SeenFiles } from './seen-files.js';

/** Milliseconds of work between two turns of the event loop. */
const slice = 2;
/** Files between two looks at the clock. */
const batch = 32;

/**
 * Every volume of a directory. Runs in slices: other work goes on meanwhile. What a crash left half-made is removed.
 * Throws `cannot open directory …` when there is none.
 */
export async function scanDirectory(
  directory: string,
  signal: AbortSignal,
  seen: SeenFiles = new SeenFiles(),
): Promise<readonly StorageVolume[]> {
  const names = namesIn(directory);
  const reader = new HeaderReader();
  const volumes: StorageVolume[] = [];
  let until = performance.now() + slice;
  for (const [index, name] of names.entries()) {
    const volume = volumeOf(directory, name, reader, seen);
    if (volume !== undefined) volumes.push(volume);
    if (index % batch !== batch - 1 || performance.now() < until) continue;
    await nextTurn();
    signal.throwIfAborted();
    until = performance.now() + slice;
  }
  seen.turn();
  return volumes;
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch (cause) {
    throw systemError(`cannot open directory '${directory}'`, cause);
  }
}

function volumeOf(directory: string, name: string, reader: HeaderReader, seen: SeenFiles): StorageVolume | undefined {
  if (isWorkshop(name)) {
    sweepWorkshop(directory, name);
    return undefined;
  }
  if (!isSpeakable(name)) return undefined;
  const path = `${directory === '/' ? '' : directory}/${name}`;
  const known = seen.unchanged(path, name);
  if (known !== undefined) return known;
  const volume = identify(path, name, reader);
  if (volume !== undefined) seen.remember(path, name, volume);
  return volume;
}

/** Names a document can hold: text without control characters. */
function isSpeakable(name: string): boolean {
  for (let index = 0; index < name.length; index += 1) {
    const code = name.charCodeAt(index);
    if (code < 0x20 || code === 0x7f || code === 0xfffd) return false;
  }
  return true;
}
