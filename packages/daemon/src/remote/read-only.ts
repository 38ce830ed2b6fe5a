import { errorsFrom } from '@virtkit/schema';
import type { Procedure } from '../dispatch/dispatcher.js';
import { originOf } from '../dispatch/origin.js';

/** Refuses what a read-only connection may not do at all; what depends on arguments is left to the kernel. */
export function refuseReadOnly({ row, api }: Procedure<never>): void {
  if (row.readOnly !== 'denied') return;
  throw errorsFrom(originOf(row, api))('OPERATION_DENIED', `read only access prevents ${api}`);
}
