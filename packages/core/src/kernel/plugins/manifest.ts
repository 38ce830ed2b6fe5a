import { errorsFrom } from '@virtkit/schema';
import { apiVersion, type Contribution, type PluginManifest } from '../../contract/plugin.js';

const pluginError = errorsFrom('NONE');
const kinds = ['hypervisor', 'subsystem', 'storageBackend', 'firewall'];

/** The `virtkit` section of a package.json; undefined when the package is no plugin. Throws when the section is broken. */
export function readManifest(packageName: string, packageJson: unknown): PluginManifest | undefined {
  const section = property(packageJson, 'virtkit');
  if (section === undefined) return undefined;
  const version = property(section, 'apiVersion');
  const contributes = property(section, 'contributes');
  if (typeof version !== 'number' || !Array.isArray(contributes))
    throw broken(packageName, 'needs apiVersion and contributes');
  return {
    apiVersion: version,
    contributes: contributes.map((entry: unknown) => readContribution(packageName, entry)),
  };
}

/** Throws when the plugin was written for another version of the contract. */
export function refuseOtherVersion(packageName: string, version: number): void {
  if (version !== apiVersion)
    throw pluginError(
      'CONFIG_UNSUPPORTED',
      `plugin ${packageName} is written for plugin API version ${version}, this kernel has version ${apiVersion}`,
    );
}

function readContribution(packageName: string, entry: unknown): Contribution {
  const kind = property(entry, 'kind');
  const name = property(entry, 'name');
  const module = property(entry, 'module');
  if (typeof kind !== 'string' || !kinds.includes(kind))
    throw broken(packageName, `has an unknown kind '${String(kind)}'`);
  if (typeof name !== 'string' || typeof module !== 'string') throw broken(packageName, 'needs name and module');
  if (kind === 'hypervisor' && !isStrings(property(entry, 'schemes'))) throw broken(packageName, 'needs schemes');
  if (kind === 'storageBackend' && !isStrings(property(entry, 'types'))) throw broken(packageName, 'needs types');
  // Every field the kernel reads was looked at above; the others are the plugin's own affair.
  return entry as Contribution;
}

function isStrings(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'string');
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

const broken = (packageName: string, what: string): Error =>
  pluginError('CONF_SYNTAX', `the virtkit section of ${packageName}/package.json ${what}`);
