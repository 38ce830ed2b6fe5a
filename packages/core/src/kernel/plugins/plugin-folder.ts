import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { errorsFrom } from '@virtkit/schema';
import type { Commands } from '../../contract/services.js';
import type { PluginManifest } from '../../contract/plugin.js';
import { readManifest, refuseOtherVersion } from './manifest.js';
import { satisfies } from './version-range.js';

/** Packages every plugin shares with the kernel, by name: their folders. */
export type KernelPackages = Readonly<Record<string, string>>;

const shared = ['@virtkit/core', '@virtkit/schema', '@virtkit/xml'];
const pluginError = errorsFrom('NONE');

/** The folders of the kernel this code belongs to. */
export function ownKernelPackages(): KernelPackages {
  const require = createRequire(import.meta.url);
  const own = dirname(require.resolve('@virtkit/core/package.json'));
  const fromOwn = createRequire(join(own, 'package.json'));
  const folderOf = (name: string): string =>
    name === '@virtkit/core' ? own : dirname(fromOwn.resolve(`${name}/package.json`));
  return Object.fromEntries(shared.map((name) => [name, folderOf(name)]));
}

export interface PluginFolderOptions {
  /** Beside the configuration: `<config>/plugins`. */
  readonly directory: string;
  readonly commands: Commands;
  readonly kernelPackages?: KernelPackages;
}

/** What is right and wrong with one installed package. */
export interface PluginDiagnosis {
  readonly package: string;
  readonly version: string | undefined;
  readonly problems: readonly string[];
}

/** What an operator added: npm packages in a folder of their own that share the kernel's core, schema and xml. */
export class PluginFolder {
  readonly #directory: string;
  readonly #commands: Commands;
  readonly #kernelPackages: KernelPackages;

  constructor({ directory, commands, kernelPackages = ownKernelPackages() }: PluginFolderOptions) {
    this.#directory = directory;
    this.#commands = commands;
    this.#kernelPackages = kernelPackages;
  }

  /**
   * Installs a package by whatever npm takes: name, name@version, path of a tarball or of a folder, from where this
   * program runs. Answers the names that are new.
   * A package that is no plugin, or one for another kernel, is taken out again and refused with the reason.
   */
  async add(spec: string, signal?: AbortSignal): Promise<readonly string[]> {
    this.#prepare();
    const before = this.installed();
    await this.#npm(['install', '--save-exact', '--', existsSync(spec) ? resolve(spec) : spec], signal);
    const names = this.installed().filter((name) => !before.includes(name));
    const changed = names.length > 0 ? names : this.installed().filter((name) => spec.startsWith(name));
    const problems = changed.flatMap((name) => this.#problemsOf(name).map((problem) => `${name}: ${problem}`));
    if (problems.length === 0) return changed;
    if (names.length > 0) await this.#npm(['uninstall', '--', ...names], signal);
    throw pluginError('CONFIG_UNSUPPORTED', problems.join('; '));
  }

  /** Throws when it is not installed. */
  async remove(name: string, signal?: AbortSignal): Promise<void> {
    if (!this.installed().includes(name))
      throw pluginError('INVALID_ARG', `plugin ${name} is not installed in ${this.#directory}`);
    await this.#npm(['uninstall', '--', name], signal);
  }

  /** Names of the installed packages; none while the folder does not exist. */
  installed(): readonly string[] {
    const content = readJson(join(this.#directory, 'package.json'));
    return Object.keys((content?.['dependencies'] as Readonly<Record<string, string>> | undefined) ?? {});
  }

  /** What an installed package says of itself; undefined when it cannot be read. */
  manifest(name: string): PluginManifest | undefined {
    try {
      return readManifest(name, this.#packageJson(name) ?? {});
    } catch {
      return undefined; // the doctor says why
    }
  }

  /** Looks at every package without importing it. */
  doctor(): readonly PluginDiagnosis[] {
    return this.installed().map((name) => ({
      package: name,
      version: this.#packageJson(name)?.['version'] as string | undefined,
      problems: [...this.#problemsOf(name), ...this.#linkProblems()],
    }));
  }

  #problemsOf(name: string): readonly string[] {
    const content = this.#packageJson(name);
    if (content === undefined) return ['not installed; run npm install in the plugin folder'];
    const problems: string[] = [];
    try {
      const manifest = readManifest(name, content);
      if (manifest === undefined) problems.push('is no virtkit plugin: its package.json has no virtkit section');
      else refuseOtherVersion(name, manifest.apiVersion);
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
    }
    return [...problems, ...this.#peerProblems(content)];
  }

  #peerProblems(content: Readonly<Record<string, unknown>>): readonly string[] {
    const peers = (content['peerDependencies'] as Readonly<Record<string, string>> | undefined) ?? {};
    return Object.entries(peers).flatMap(([name, range]) => {
      const folder = this.#kernelPackages[name];
      if (folder === undefined) return [];
      const version = readJson(join(folder, 'package.json'))?.['version'];
      if (typeof version !== 'string' || satisfies(version, range)) return [];
      return [`needs ${name} ${range}, this kernel has ${version}`];
    });
  }

  #linkProblems(): readonly string[] {
    return Object.entries(this.#kernelPackages).flatMap(([name, folder]) => {
      const path = join(this.#directory, 'node_modules', name);
      try {
        if (lstatSync(path).isSymbolicLink() && readlinkSync(path) === folder) return [];
      } catch {
        // Not there: said below.
      }
      return [`${name} is not the kernel's own; run virtkit plugin add again`];
    });
  }

  #prepare(): void {
    mkdirSync(this.#directory, { recursive: true, mode: 0o755 });
    const path = join(this.#directory, 'package.json');
    if (!existsSync(path))
      writeFileSync(path, `${JSON.stringify({ name: 'virtkit-plugins', private: true }, undefined, 2)}\n`);
  }

  /** Peers are the kernel's own copies, which npm would take away: they are linked again after every run. */
  async #npm(args: readonly string[], signal: AbortSignal | undefined): Promise<void> {
    const quiet = ['--no-audit', '--no-fund', '--omit=dev', '--legacy-peer-deps', '--ignore-scripts'];
    const [verb = '', ...rest] = args;
    this.#unlink();
    try {
      // Not by --prefix: npm would look for the settings of the machine below it too.
      await this.#commands.expect('npm', [verb, ...quiet, ...rest], {
        cwd: this.#directory,
        ...(signal && { signal }),
      });
    } finally {
      this.#link();
    }
  }

  #link(): void {
    for (const [name, folder] of Object.entries(this.#kernelPackages)) {
      const path = join(this.#directory, 'node_modules', name);
      mkdirSync(dirname(path), { recursive: true });
      rmSync(path, { recursive: true, force: true });
      symlinkSync(folder, path, 'dir');
    }
  }

  #unlink(): void {
    for (const name of Object.keys(this.#kernelPackages)) {
      const path = join(this.#directory, 'node_modules', name);
      rmSync(path, { recursive: true, force: true });
    }
  }

  #packageJson(name: string): Readonly<Record<string, unknown>> | undefined {
    return readJson(join(this.#directory, 'node_modules', name, 'package.json'));
  }
}

function readJson(path: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof content === 'object' && content !== null ? (content as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined; // absent or damaged: no package of ours
  }
}
