import type { ActivatableSummary } from '../../contract/references.js';

/** The filter groups that pools and networks share. */
export interface ActivatableFilter {
  readonly active?: boolean;
  readonly inactive?: boolean;
  readonly persistent?: boolean;
  readonly transient?: boolean;
  readonly autostart?: boolean;
  readonly noAutostart?: boolean;
}

type Test = (object: ActivatableSummary) => boolean;

export const activatableGroups: readonly Readonly<Partial<Record<keyof ActivatableFilter, Test>>>[] = [
  { active: (object) => object.active, inactive: (object) => !object.active },
  { persistent: (object) => object.persistent, transient: (object) => !object.persistent },
  { autostart: (object) => object.autostart, noAutostart: (object) => !object.autostart },
];
