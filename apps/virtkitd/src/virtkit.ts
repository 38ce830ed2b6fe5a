#!/usr/bin/env node
import { type Distribution, type Embedded, run } from '@virtkit/cli';
import type { PluginSource } from '@virtkit/core';
import own from '@virtkit/virtkitd/package.json' with { type: 'json' };
import { directoriesFor } from './directories.js';
import { pluginSources } from './plugins.js';

/** The CLI of this distribution: remote hypervisors are served by its drivers, in this process. */
const sources = pluginSources(directoriesFor({ root: undefined, session: true }, process.env));

const schemesOf = (source: PluginSource): readonly string[] =>
  source.kind !== 'given'
    ? []
    : source.manifest.contributes.flatMap(({ inProcess, schemes }) => (inProcess ? (schemes ?? []) : []));
const schemes = new Set(sources.flatMap(schemesOf));

const embedded: Embedded = {
  serves: (uri) => schemes.has(uri.slice(0, Math.max(uri.indexOf(':'), 0))),
  open: async (ask) => (await import('./embedded.js')).openEmbedded(sources, ask),
};

const distribution: Distribution = {
  version: own.version,
  embedded,
  plugins: async (root) => {
    const session = root === undefined && process.getuid?.() !== 0;
    return (await import('./plugin-manager.js')).pluginManager(directoriesFor({ root, session }, process.env));
  },
};

process.exitCode = await run(
  process.argv.slice(2),
  {
    out: (text) => void process.stdout.write(text),
    error: (text) => void process.stderr.write(text),
  },
  distribution,
);
