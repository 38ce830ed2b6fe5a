import type { Contribution } from '../../contract/plugin.js';

export type ContributionState = 'available' | 'loaded' | 'failed' | 'refused' | 'disabled';

/** One contribution of one package: what is known before it is imported, and how that went. */
export interface ContributionEntry {
  readonly package: string;
  readonly version: string | undefined;
  readonly source: 'distribution' | 'folder' | 'given';
  readonly apiVersion: number;
  readonly contribution: Contribution;
  /** Imports the module. */
  load(): Promise<unknown>;
  state: ContributionState;
  cause: unknown;
}

/** A package or manifest that could not be read, or what a list of plugins shows of a contribution. */
export interface PluginReport {
  readonly package: string;
  readonly version: string | undefined;
  readonly kind: string;
  readonly name: string;
  readonly state: ContributionState;
  /** Why it was refused or failed, in words. */
  readonly cause?: string;
}
