import type { Call } from '@virtkit/core';
import type { Answer } from '../soap/answer.js';
import type { DataObject, ManagedObject } from '../soap/envelope.js';
import type { Guests } from './guests.js';
import { runTask } from './task.js';

/** Runs a task after which guests are not what they were. */
export async function changing(
  guests: Guests,
  method: string,
  self: ManagedObject,
  parameters: DataObject['fields'],
  call: Pick<Call, 'signal' | 'progress'>,
): Promise<Answer | undefined> {
  try {
    return await runTask(guests.session, method, self, parameters, call);
  } finally {
    guests.changed();
  }
}
