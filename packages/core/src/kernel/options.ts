import type { PluginManifest } from '../contract/plugin.js';
import type { Directories, HostServices, Logger } from '../contract/services.js';
import type { AccessPolicy } from './access/policy.js';

/** Where plugins come from. Nothing of them is imported before it is needed. */
export type PluginSource =
  /** The direct dependencies of the package in `directory`, as its package.json lists them. */
  | { readonly kind: 'distribution'; readonly directory: string }
  /** What an operator added: a folder with its own package.json and node_modules. A missing folder holds nothing. */
  | { readonly kind: 'folder'; readonly directory: string }
  /** Known beforehand: bundled distributions and programs. `load` imports the module a contribution names. */
  | {
      readonly kind: 'given';
      readonly name: string;
      readonly version?: string;
      readonly manifest: PluginManifest;
      load(module: string): Promise<unknown>;
    };

export interface KernelConfig {
  readonly plugins?: {
    /** Package or contribution names that are never loaded. */
    readonly disabled?: readonly string[];
    /** Package or contribution names without which the kernel does not start. */
    readonly required?: readonly string[];
    /** How long a plugin may take to load before it counts as failed; default: 60. */
    readonly loadTimeoutSeconds?: number;
  };
  /** A section per contribution, by its name. */
  readonly sections?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface KernelOptions {
  readonly directories: Directories;
  readonly host: HostServices;
  readonly logger: Logger;
  readonly plugins: readonly PluginSource[];
  /** Session mode: without privileges, for one user. Default: false. */
  readonly session?: boolean;
  readonly config?: KernelConfig;
  /** Rules per function and object. Default: everything is allowed that the connection's own mode allows. */
  readonly access?: AccessPolicy;
  /** Ends the kernel and everything in it. */
  readonly signal?: AbortSignal;
}
