import { randomBytes } from 'node:crypto';
import type { Connection, Contribution, OptionalFacets } from '@virtkit/core';
import type { Target } from './target.js';

/** L0: finding, reading, starting and stopping. L1: persistent configuration and events. L2: one set per facet. */
export type Level = 'L0' | 'L1' | 'L2';

/** Documents the driver under test accepts. A check whose fixture is missing does not run. */
export interface Fixtures {
  /** A guest that can be defined and started; the name is unused. */
  guest?(name: string): string;
  /** Name of a guest that is there already, for hypervisors on which the kit shall define none. It may be stopped and started. */
  readonly existingGuest?: string;
  /** A device that can be added to the configuration of `guest`, and taken away again. */
  readonly device?: string;
  snapshot?(name: string): string;
  /** A pool that can be started. */
  pool?(name: string): string;
  volume?(name: string): string;
  network?(name: string): string;
}

export interface CheckContext {
  readonly target: Target;
  readonly fixtures: Fixtures;
  readonly contribution: Contribution;
  readonly connection: Connection | undefined;
}

export interface Check {
  readonly level: Level;
  readonly title: string;
  /** Runs where the manifest offers all of these. */
  readonly facets: readonly (keyof OptionalFacets)[];
  /** Runs where the fixtures allow it. */
  when?(fixtures: Fixtures): boolean;
  /** Rejects with what is wrong. */
  run(context: CheckContext): Promise<void>;
}

/** Whether a manifest names all of these facets. */
export const offers = ({ facets = [] }: Contribution, wanted: readonly (keyof OptionalFacets)[]): boolean =>
  wanted.every((facet) => facets.includes(facet));

/** A name no other check uses. */
export const freshName = (what: string): string => `virtkit-${what}-${randomBytes(5).toString('hex')}`;
