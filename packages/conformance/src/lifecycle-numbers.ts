/** Words of lifecycle events in the order of libvirt's numbers. @libvirt virDomainEventType */
const details: Readonly<Record<string, readonly string[]>> = {
  defined: ['added', 'updated', 'renamed', 'from-snapshot'],
  undefined: ['removed', 'renamed'],
  started: ['booted', 'migrated', 'restored', 'from-snapshot', 'wakeup'],
  suspended: [
    'paused',
    'migrated',
    'ioerror',
    'watchdog',
    'restored',
    'from-snapshot',
    'api-error',
    'postcopy',
    'postcopy-failed',
  ],
  resumed: ['unpaused', 'migrated', 'from-snapshot', 'postcopy', 'postcopy-failed'],
  stopped: ['shutdown', 'destroyed', 'crashed', 'migrated', 'saved', 'failed', 'from-snapshot'],
  shutdown: ['finished', 'guest', 'host'],
  pmsuspended: ['memory', 'disk'],
  crashed: ['panicked', 'crashloaded'],
};
const events = Object.keys(details);

/** −1 where a driver used a word libvirt does not have. */
export function lifecycleNumbers(event: { readonly event: string; readonly detail: string }): {
  readonly event: number;
  readonly detail: number;
} {
  return { event: events.indexOf(event.event), detail: details[event.event]?.indexOf(event.detail) ?? -1 };
}

/** Numbers the kit expects. */
export const lifecycle = {
  defined: 0,
  undefined: 1,
  started: 2,
  suspended: 3,
  resumed: 4,
  stopped: 5,
} as const;
