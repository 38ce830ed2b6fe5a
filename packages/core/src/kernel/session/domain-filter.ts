import type { DomainSummary } from '../../contract/references.js';

/** @libvirt virConnectListAllDomainsFlags. Within a group one must match; groups without a chosen option do not filter. */
export interface DomainFilter {
  readonly active?: boolean;
  readonly inactive?: boolean;
  readonly persistent?: boolean;
  readonly transient?: boolean;
  readonly running?: boolean;
  readonly paused?: boolean;
  readonly shutoff?: boolean;
  readonly other?: boolean;
  readonly managedSave?: boolean;
  readonly noManagedSave?: boolean;
  readonly autostart?: boolean;
  readonly noAutostart?: boolean;
  readonly hasSnapshot?: boolean;
  readonly noSnapshot?: boolean;
  readonly hasCheckpoint?: boolean;
  readonly noCheckpoint?: boolean;
}

type Test = (domain: DomainSummary) => boolean;
type Group = Readonly<Partial<Record<keyof DomainFilter, Test>>>;

const named = ['running', 'paused', 'shutoff'];
const groups: readonly Group[] = [
  { active: (domain) => domain.active, inactive: (domain) => !domain.active },
  { persistent: (domain) => domain.persistent, transient: (domain) => !domain.persistent },
  {
    running: (domain) => domain.state.state === 'running',
    paused: (domain) => domain.state.state === 'paused',
    shutoff: (domain) => domain.state.state === 'shutoff',
    other: (domain) => !named.includes(domain.state.state),
  },
  { managedSave: (domain) => domain.hasManagedSave, noManagedSave: (domain) => !domain.hasManagedSave },
  { autostart: (domain) => domain.autostart, noAutostart: (domain) => !domain.autostart },
  { hasSnapshot: (domain) => (domain.snapshots ?? 0) > 0, noSnapshot: (domain) => (domain.snapshots ?? 0) === 0 },
  {
    hasCheckpoint: (domain) => (domain.checkpoints ?? 0) > 0,
    noCheckpoint: (domain) => (domain.checkpoints ?? 0) === 0,
  },
];

/** In the driver's order. */
export function filterDomains(domains: readonly DomainSummary[], filter: DomainFilter): readonly DomainSummary[] {
  return filterGroups(domains, filter, groups);
}

/** libvirt's filter groups for any object kind. */
export function filterGroups<T, F extends object>(
  items: readonly T[],
  filter: F,
  groupsOfKind: readonly Readonly<Partial<Record<keyof F, (item: T) => boolean>>>[],
): readonly T[] {
  const tests = groupsOfKind.map((group) => chosenTests(group, filter)).filter((chosen) => chosen.length > 0);
  if (tests.length === 0) return items;
  return items.filter((item) => tests.every((alternatives) => alternatives.some((test) => test(item))));
}

function chosenTests<T, F extends object>(
  group: Readonly<Partial<Record<keyof F, (item: T) => boolean>>>,
  filter: F,
): ((item: T) => boolean)[] {
  const chosen: ((item: T) => boolean)[] = [];
  for (const key of Object.keys(group) as (keyof F)[]) {
    const test = group[key];
    if (filter[key] === true && test !== undefined) chosen.push(test);
  }
  return chosen;
}
