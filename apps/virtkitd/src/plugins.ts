import { join } from 'node:path';
import type { Directories, PluginManifest, PluginSource } from '@virtkit/core';
import esx from '@virtkit/driver-esx/package.json' with { type: 'json' };
import qemu from '@virtkit/driver-qemu/package.json' with { type: 'json' };
import test from '@virtkit/driver-test/package.json' with { type: 'json' };
import nftables from '@virtkit/firewall-nftables/package.json' with { type: 'json' };
import network from '@virtkit/network/package.json' with { type: 'json' };
import storageFs from '@virtkit/storage-fs/package.json' with { type: 'json' };
import storage from '@virtkit/storage/package.json' with { type: 'json' };

interface Packaged {
  readonly name: string;
  readonly version: string;
  /** Its `virtkit` section, where it has one. */
  readonly virtkit?: unknown;
}

/** A plugin of this distribution: its manifest now, its code when it is first asked for. */
function included(
  { name, version, virtkit }: Packaged,
  load: (module: string) => Promise<unknown>,
): readonly PluginSource[] {
  // JSON is typed as widely as it can be; that it is a manifest is tested.
  const manifest = virtkit as PluginManifest | undefined;
  return manifest === undefined ? [] : [{ kind: 'given', name, version, manifest, load }];
}

/** What an operator added lies beside the configuration. */
export const pluginFolder = (directories: Directories): string => join(directories.config, 'plugins');

/** What the default distribution is made of, and the folder of what an operator added. */
export const pluginSources = (directories: Directories): readonly PluginSource[] => [
  ...included(qemu, () => import('@virtkit/driver-qemu/plugin')),
  ...included(esx, () => import('@virtkit/driver-esx/plugin')),
  ...included(test, () => import('@virtkit/driver-test/plugin')),
  ...included(storage, () => import('@virtkit/storage/plugin')),
  ...included(storageFs, (module) =>
    module === './mounted-plugin' ? import('@virtkit/storage-fs/mounted-plugin') : import('@virtkit/storage-fs/plugin'),
  ),
  ...included(network, () => import('@virtkit/network/plugin')),
  ...included(nftables, () => import('@virtkit/firewall-nftables/plugin')),
  { kind: 'folder', directory: pluginFolder(directories) },
];
