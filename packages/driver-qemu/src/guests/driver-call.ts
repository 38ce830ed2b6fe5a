import type { Call } from '@virtkit/core';

/** A call the driver makes of its own accord (autostart, cleaning up): the daemon's identity, no client behind it. */
export const driverCall = (): Call => ({
  identity: {},
  readOnly: false,
  signal: new AbortController().signal,
  scope: { id: 0, onClose: () => ({ [Symbol.dispose]: () => undefined }) },
  progress: () => undefined,
});
