import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { errorsFrom } from '@virtkit/schema';
import type { PluginManifest } from '../../contract/plugin.js';
import type { PluginSource } from '../options.js';
import type { ContributionEntry } from './contribution-entry.js';
import { readManifest, refuseOtherVersion } from './manifest.js';

/** A package that is no usable plugin, though it says it is one. */
export interface DiscoveryFailure {
  readonly package: string;
  readonly cause: unknown;
}
export interface Discovered {
  readonly entries: readonly ContributionEntry[];
  readonly failures: readonly DiscoveryFailure[];
}

/** Reads manifests and imports nothing. The first contribution of a name wins; a second one is a failure. */
export function discover(sources: readonly PluginSource[]): Discovered {
  const entries: ContributionEntry[] = [];
  const failures: DiscoveryFailure[] = [];
  for (const source of sources) {
    const found = source.kind === 'given' ? given(source) : installed(source);
    failures.push(...found.failures);
    for (const entry of found.entries) {
      const twin = entries.find((other) => isTwin(other, entry));
      if (twin === undefined) entries.push(entry);
      else if (twin.package !== entry.package) failures.push({ package: entry.package, cause: duplicate(entry, twin) });
    }
  }
  return { entries, failures };
}

function isTwin(one: ContributionEntry, other: ContributionEntry): boolean {
  return one.contribution.kind === other.contribution.kind && one.contribution.name === other.contribution.name;
}

function given(source: PluginSource & { readonly kind: 'given' }): Discovered {
  const make = (module: string): Promise<unknown> => source.load(module);
  return { entries: entriesOf(source.name, source.version, 'given', source.manifest, make), failures: [] };
}

function installed(source: { readonly kind: 'distribution' | 'folder'; readonly directory: string }): Discovered {
  const entries: ContributionEntry[] = [];
  const failures: DiscoveryFailure[] = [];
  for (const name of dependencies(source)) {
    try {
      entries.push(...readPackage(name, source));
    } catch (cause) {
      failures.push({ package: name, cause });
    }
  }
  return { entries, failures };
}

function dependencies({ kind, directory }: { readonly kind: string; readonly directory: string }): readonly string[] {
  try {
    const content: unknown = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
    const listed = (content as { readonly dependencies?: Readonly<Record<string, string>> }).dependencies;
    return Object.keys(listed ?? {});
  } catch (error) {
    if (kind === 'folder' && (error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

function readPackage(
  name: string,
  source: { readonly kind: 'distribution' | 'folder'; readonly directory: string },
): readonly ContributionEntry[] {
  const path = packageJsonOf(name, source.directory);
  if (path === undefined) {
    if (source.kind === 'folder')
      throw errorsFrom('NONE')('OPEN_FAILED', `${name}: not installed in ${source.directory}`);
    return [];
  }
  const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const manifest = readManifest(name, content);
  if (manifest === undefined) return [];
  const require = createRequire(pathToFileURL(join(source.directory, 'package.json')));
  const load = (module: string): Promise<unknown> =>
    import(pathToFileURL(resolveModule(require, name, module, path, content)).href);
  return entriesOf(name, versionOf(content), source.kind, manifest, load);
}

/** Walks up like Node does, since a package need not export its package.json. */
function packageJsonOf(name: string, directory: string): string | undefined {
  for (let at = directory; ; at = dirname(at)) {
    const path = join(at, 'node_modules', name, 'package.json');
    try {
      readFileSync(path);
      return path;
    } catch {
      if (dirname(at) === at) return undefined;
    }
  }
}

/** The file an export of the package stands for, under the import conditions. */
function resolveModule(require: NodeJS.Require, name: string, module: string, path: string, content: unknown): string {
  const exported = (content as { readonly exports?: Readonly<Record<string, unknown>> }).exports?.[module];
  const target = importTarget(exported);
  return target === undefined ? require.resolve(join(name, module)) : join(dirname(path), target);
}

function importTarget(exported: unknown): string | undefined {
  if (typeof exported === 'string') return exported;
  if (typeof exported !== 'object' || exported === null) return undefined;
  for (const condition of activeConditions()) {
    const target = importTarget(Reflect.get(exported, condition));
    if (target !== undefined) return target;
  }
  return undefined;
}

/** `@virtkit/source` only where the process runs sources, so that plugin and kernel come from the same tree. */
function activeConditions(): readonly string[] {
  return import.meta.url.endsWith('.ts') ? ['@virtkit/source', 'import', 'default'] : ['import', 'default'];
}

function entriesOf(
  name: string,
  version: string | undefined,
  source: ContributionEntry['source'],
  manifest: PluginManifest,
  load: (module: string) => Promise<unknown>,
): readonly ContributionEntry[] {
  const refusal = refusalOf(name, manifest.apiVersion);
  return manifest.contributes.map((contribution) => ({
    package: name,
    version,
    source,
    apiVersion: manifest.apiVersion,
    contribution,
    load: () => load(contribution.module),
    state: refusal === undefined ? 'available' : 'refused',
    cause: refusal,
  }));
}

function refusalOf(name: string, version: number): unknown {
  try {
    refuseOtherVersion(name, version);
    return undefined;
  } catch (error) {
    return error;
  }
}

function versionOf(content: unknown): string | undefined {
  const version: unknown = Reflect.get(content as object, 'version');
  return typeof version === 'string' ? version : undefined;
}

const duplicate = ({ contribution }: ContributionEntry, twin: ContributionEntry): Error =>
  errorsFrom('NONE')(
    'CONFIG_UNSUPPORTED',
    `${contribution.kind} '${contribution.name}' is already provided by ${twin.package}`,
  );
