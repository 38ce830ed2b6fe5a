import type { Embedded } from './embedded.js';

/** One installed plugin, as its manifest says. */
export interface PluginSummary {
  readonly package: string;
  readonly version: string | undefined;
  /** `hypervisor qemu`, `subsystem storage` … */
  readonly contributes: readonly string[];
  /** Part of the distribution, or added by the operator. */
  readonly origin: 'distribution' | 'added';
  /** Why it cannot be used; empty when it can. */
  readonly problems: readonly string[];
}

/** Plugins of the daemon below a root, or of this user's own. */
export interface Plugins {
  list(): readonly PluginSummary[];
  /** @returns the names that were added */
  add(spec: string): Promise<readonly string[]>;
  remove(name: string): Promise<void>;
}

/** What the distribution a CLI belongs to brings along; each is loaded when first needed. */
export interface Distribution {
  readonly version: string;
  readonly embedded?: Embedded;
  plugins?(root: string | undefined): Promise<Plugins>;
}
