import type { DomainState } from '@virtkit/core';
import type { JsonValue } from '../../command/json.js';
import { flagAt, textAt } from '../json-reading.js';

const pausedReasons: Readonly<Record<string, string>> = {
  inmigrate: 'migration',
  'finish-migrate': 'migration',
  postmigrate: 'migration',
  'restore-vm': 'migration',
  'io-error': 'ioerror',
  paused: 'user',
  prelaunch: 'unknown',
  'save-vm': 'save',
  shutdown: 'shutting-down',
  watchdog: 'watchdog',
  'guest-panicked': 'crashed',
};

/** State of a guest by QEMU's own run state, for a daemon that was away when it changed. */
export function stateOfRunState(answer: JsonValue): DomainState {
  const status = textAt(answer, 'status') ?? '';
  if (flagAt(answer, 'running')) return { state: 'running', reason: 'unknown' };
  if (status === 'suspended') return { state: 'pmsuspended', reason: 'unknown' };
  if (status === 'shutdown') return { state: 'shutdown', reason: 'unknown' };
  return { state: 'paused', reason: pausedReasons[status] ?? 'unknown' };
}
