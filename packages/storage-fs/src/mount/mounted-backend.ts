import type { PluginContext, StorageBackend } from '@virtkit/core';
import { currentMounts } from '@virtkit/host';
import type { StoragePool } from '@virtkit/schema';
import { directoryBackend } from '../backend.js';
import { directoryOf, makePoolDirectory } from '../pool/directory.js';
import { runProgram } from '../run-program.js';
import { discoverExports } from './discover-exports.js';
import { formatDevice } from './format-device.js';
import { mountArguments, mountSource } from './mount-command.js';

type Context = Pick<PluginContext, 'host' | 'peer' | 'directories' | 'signal'>;

/** Pools that are a file system of their own, of a device or a server: mounted at the start, else as a directory. */
export function mountedBackend(context: Context): StorageBackend {
  const directory = directoryBackend(context);
  const { commands } = context.host;
  return {
    ...directory,
    types: ['fs', 'netfs'],
    check: async (pool) => isMounted(pool),
    async start(pool, signal) {
      if (!isMounted(pool)) await runProgram(commands, 'mount', mountArguments(pool), { signal });
    },
    async stop(pool, signal) {
      await directory.stop?.(pool, signal);
      if (isMounted(pool)) await runProgram(commands, 'umount', [directoryOf(pool)], { signal });
    },
    async build(pool, options, signal) {
      makePoolDirectory(pool, options);
      await formatDevice(pool, options, { commands, signal });
    },
    async discover(source, signal) {
      return discoverExports(source, { commands, signal });
    },
  };
}

const withoutEnd = (path: string): string => path.replace(/(?<=.)\/+$/, '');
const isMounted = (pool: StoragePool): boolean => {
  const wanted = withoutEnd(mountSource(pool));
  return currentMounts().some(({ source, target }) => target === directoryOf(pool) && withoutEnd(source) === wanted);
};
