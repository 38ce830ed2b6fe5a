/** Lifecycle events and their details, by number. @libvirt virDomainEventType */
const lifecycle: readonly (readonly [event: string, details: readonly string[]])[] = [
  ['Defined', ['Added', 'Updated', 'Renamed', 'Snapshot']],
  ['Undefined', ['Removed', 'Renamed']],
  ['Started', ['Booted', 'Migrated', 'Restored', 'Snapshot', 'Event wakeup']],
  [
    'Suspended',
    [
      'Paused',
      'Migrated',
      'I/O Error',
      'Watchdog',
      'Restored',
      'Snapshot',
      'API error',
      'Post-copy',
      'Post-copy Error',
    ],
  ],
  ['Resumed', ['Unpaused', 'Migrated', 'Snapshot', 'Post-copy', 'Post-copy Error']],
  ['Stopped', ['Shutdown', 'Destroyed', 'Crashed', 'Migrated', 'Saved', 'Failed', 'Snapshot']],
  ['Shutdown', ['Finished', 'Finished after guest request', 'Finished after host request']],
  ['PMSuspended', ['Memory', 'Disk']],
  ['Crashed', ['Panicked', 'Crashloaded']],
];

/** What virsh says of a lifecycle event, and why it came. */
export function lifecycleWords(event: number, detail: number): readonly [change: string, reason: string] {
  const [change, reasons] = lifecycle[event] ?? ['unknown', []];
  return [change, reasons[detail] ?? 'unknown'];
}
