import type { DomainState, DomainStateName } from '@virtkit/core';

const states: readonly DomainStateName[] = [
  'nostate',
  'running',
  'blocked',
  'paused',
  'shutdown',
  'shutoff',
  'crashed',
  'pmsuspended',
];
/** Reasons in the order of their numbers. */
const reasons: Readonly<Partial<Record<DomainStateName, string>>> = {
  running:
    'unknown booted migrated restored from-snapshot unpaused migration-canceled save-canceled wakeup crashed postcopy postcopy-failed',
  paused:
    'unknown user migration save dump ioerror watchdog from-snapshot shutting-down snapshot crashed starting-up postcopy postcopy-failed api-error',
  shutdown: 'unknown user',
  shutoff: 'unknown shutdown destroyed crashed migrated saved failed from-snapshot daemon',
  crashed: 'unknown panicked',
};

/** A state in libvirt's numbers, as bulk statistics carry it. */
export const stateNumbers = ({ state, reason }: DomainState): { readonly state: number; readonly reason: number } => ({
  state: states.indexOf(state),
  reason: Math.max(0, (reasons[state] ?? '').split(' ').indexOf(reason)),
});
