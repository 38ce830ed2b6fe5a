import type { Plugins, PluginSummary } from '@virtkit/cli';
import { type Directories, PluginFolder, type PluginManifest } from '@virtkit/core';
import { createHost } from '@virtkit/host';
import { pluginFolder, pluginSources } from './plugins.js';

const contributions = (manifest: PluginManifest): readonly string[] =>
  manifest.contributes.map(({ kind, name }) => `${kind} ${name}`);

/** The distribution's own plugins. */
function included(directories: Directories): readonly PluginSummary[] {
  return pluginSources(directories).flatMap((source) =>
    source.kind !== 'given'
      ? []
      : [
          {
            package: source.name,
            version: source.version,
            contributes: contributions(source.manifest),
            origin: 'distribution' as const,
            problems: [],
          },
        ],
  );
}

/** `virtkit plugin` for the daemon of these directories. */
export function pluginManager(directories: Directories): Plugins {
  const folder = new PluginFolder({ directory: pluginFolder(directories), commands: createHost().commands });
  const added = (): readonly PluginSummary[] =>
    folder.doctor().map((each) => {
      const manifest = folder.manifest(each.package);
      return { ...each, contributes: manifest === undefined ? [] : contributions(manifest), origin: 'added' };
    });
  return {
    list: () => [...included(directories), ...added()],
    add: (spec) => folder.add(spec),
    remove: (name) => folder.remove(name),
  };
}
