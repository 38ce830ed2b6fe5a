import type { PluginContext, StorageBackend } from '@virtkit/core';
import type { StoragePool, StorageVolume } from '@virtkit/schema';
import type { MeasuredContents } from '@virtkit/storage';
import { createVolume } from './create/create-volume.js';
import { secretFiles } from './create/secret-files.js';
import {
  buildDirectory,
  deleteDirectory,
  directoryExists,
  directoryOf,
  permissionsOf,
  spaceOf,
} from './pool/directory.js';
import { scanDirectory } from './scan/scan-directory.js';
import { SeenFiles } from './scan/seen-files.js';
import { deleteVolume } from './volume/delete-volume.js';
import { refreshVolume } from './volume/refresh-volume.js';
import { resizeVolume } from './volume/resize-volume.js';
import { readVolume, writeVolume } from './volume/transfer.js';
import { wipeVolume } from './volume/wipe-volume.js';

/** Pools that are a directory of this host. */
export function directoryBackend(
  context: Pick<PluginContext, 'host' | 'peer' | 'directories' | 'signal'>,
): StorageBackend {
  const { commands } = context.host;
  const secrets = secretFiles(context);
  const seen = new Map<string, SeenFiles>();
  const seenIn = ({ uuid }: StoragePool): SeenFiles => {
    const known = seen.get(uuid) ?? new SeenFiles();
    seen.set(uuid, known);
    return known;
  };
  return {
    types: ['dir'],
    check: async (pool) => directoryExists(pool),
    build: async (pool, options) => buildDirectory(pool, options),
    delete: async (pool) => deleteDirectory(pool),
    stop: async (pool) => void seen.delete(pool.uuid),
    refresh: (pool, signal) => refresh(pool, signal, seenIn(pool)),
    refreshVolume: async (_pool, volume) => refreshVolume(volume),
    prepareVolume,
    createVolume: (pool, volume, source, options, signal) =>
      createVolume({ pool, volume, source, options }, { commands, secrets, signal }),
    deleteVolume: async (_pool, volume) => deleteVolume(volume),
    resizeVolume: (_pool, volume, capacity, options, signal) =>
      resizeVolume(volume, capacity, options, { commands, signal }),
    wipeVolume: (_pool, volume, algorithm, signal) => wipeVolume(volume, algorithm, { commands, signal }),
    read: (_pool, volume, range, options) => readVolume(volume, range, options.sparse === true),
    write: (_pool, volume, range) => writeVolume(volume, range),
  };
}

async function refresh(pool: StoragePool, signal: AbortSignal, seen: SeenFiles): Promise<MeasuredContents> {
  const path = directoryOf(pool);
  const volumes = await scanDirectory(path, signal, seen);
  return { ...spaceOf(path), permissions: permissionsOf(path), volumes };
}

function prepareVolume(pool: StoragePool, volume: StorageVolume): StorageVolume {
  const directory = directoryOf(pool);
  const path = `${directory === '/' ? '' : directory}/${volume.name}`;
  const type = volume.target.format?.type === 'dir' ? 'dir' : 'file';
  return { ...volume, type, key: path, target: { ...volume.target, path } };
}
