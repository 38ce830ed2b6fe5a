import type { Call } from '@virtkit/core';
import { esxError } from '../errors.js';
import type { Answer } from '../soap/answer.js';
import type { DataObject, ManagedObject } from '../soap/envelope.js';
import { taskError } from './fault-error.js';
import { filterSpec, retrieveOne } from './property-collector.js';
import type { VimCall, VimSession } from './session.js';

const properties = ['info.state', 'info.error', 'info.progress', 'info.result'];
/** Seconds the server holds an answer back when nothing happens. */
const patience = 10;

/** Starts a task and waits for its end; its progress goes to the caller. Ended early, the task is cancelled. */
export async function runTask(
  session: VimSession,
  method: string,
  self: ManagedObject,
  parameters: DataObject['fields'],
  call: Pick<Call, 'signal' | 'progress'>,
): Promise<Answer | undefined> {
  const started = await session.call(method, self, parameters, call);
  const task = started.get('returnval').reference;
  if (task === undefined) throw esxError('INTERNAL_ERROR', `${method} started no task`);
  try {
    return await waitFor(session, task, method, call);
  } catch (error) {
    if (call.signal.aborted) await cancel(session, task);
    throw error;
  }
}

async function cancel(session: VimSession, task: ManagedObject): Promise<void> {
  try {
    await session.call('CancelTask', task, [], { signal: AbortSignal.timeout(5_000) });
  } catch {
    // not every task can be cancelled; the caller is gone anyway
  }
}

async function waitFor(
  session: VimSession,
  task: ManagedObject,
  method: string,
  call: Pick<Call, 'signal' | 'progress'>,
) {
  const first = await retrieveOne(session, task, properties, call);
  if (isOver(first)) return outcome(first, method);
  return watch(session, task, method, call);
}

const isOver = (info: ReadonlyMap<string, Answer>): boolean => {
  const state = info.get('info.state')?.text;
  return state === 'success' || state === 'error';
};

function outcome(info: ReadonlyMap<string, Answer>, method: string): Answer | undefined {
  if (info.get('info.state')?.text === 'success') return info.get('info.result');
  const error = info.get('info.error');
  throw taskError(method, error?.get('fault').type ?? '', error?.get('localizedMessage').text ?? '');
}

/** Waits for changes of the task, through a filter of its own. */
async function watch(
  session: VimSession,
  task: ManagedObject,
  method: string,
  call: Pick<Call, 'signal' | 'progress'>,
) {
  const collector = await newCollector(session, call);
  const known = new Map<string, Answer>();
  try {
    await createFilter(session, collector, { start: task, type: 'Task', properties }, call);
    let version = '';
    for (;;) {
      const update = await waitForUpdates(session, collector, version, patience, call);
      version = update?.get('version').text ?? version;
      for (const change of update === undefined ? [] : changesIn(update)) known.set(change.name, change.value);
      if (isOver(known)) return outcome(known, method);
      const done = known.get('info.progress')?.bigint;
      if (done !== undefined) call.progress({ phase: method, total: 100n, done });
    }
  } finally {
    await destroy(session, collector);
  }
}

/** A property collector of its own: what it waits for disturbs no other. */
export async function newCollector(session: VimSession, call: VimCall): Promise<ManagedObject> {
  const answer = await session.call('CreatePropertyCollector', session.content.propertyCollector, [], call);
  return answer.get('returnval').reference ?? session.content.propertyCollector;
}

export async function createFilter(
  session: VimSession,
  collector: ManagedObject,
  selection: Parameters<typeof filterSpec>[0],
  call: VimCall,
): Promise<void> {
  await session.call(
    'CreateFilter',
    collector,
    [
      ['spec', filterSpec(selection)],
      ['partialUpdates', false],
    ],
    call,
  );
}

/** The next changes; undefined when there were none in that time. */
export async function waitForUpdates(
  session: VimSession,
  collector: ManagedObject,
  version: string,
  seconds: number,
  call: Pick<VimCall, 'signal'>,
): Promise<Answer | undefined> {
  const options = { fields: [['maxWaitSeconds', seconds]] as const };
  const answer = await session.callRaw(
    'WaitForUpdatesEx',
    collector,
    [
      ['version', version],
      ['options', options],
    ],
    { signal: call.signal, timeout: (seconds + 30) * 1000 },
  );
  const update = answer.get('returnval');
  return update.exists && update.get('version').exists ? update : undefined;
}

interface Change {
  readonly object: ManagedObject;
  readonly kind: 'enter' | 'modify' | 'leave';
  readonly name: string;
  readonly value: Answer;
}
/** Every change of an update, one property at a time. */
const changesIn = (update: Answer): readonly Change[] =>
  objectUpdates(update).flatMap(({ object, kind, changes }) => changes.map((change) => ({ object, kind, ...change })));

export interface ObjectUpdate {
  readonly object: ManagedObject;
  readonly kind: 'enter' | 'modify' | 'leave';
  readonly changes: readonly { readonly name: string; readonly value: Answer }[];
}
export const objectUpdates = (update: Answer): readonly ObjectUpdate[] =>
  update.list('filterSet').flatMap((filter) => filter.list('objectSet').map(readUpdate));

function readUpdate(object: Answer): ObjectUpdate {
  const kind = object.get('kind').text;
  return {
    object: object.get('obj').reference ?? { type: '', id: '' },
    kind: kind === 'enter' || kind === 'leave' ? kind : 'modify',
    changes: object
      .list('changeSet')
      .map((change) => ({ name: change.get('name').text ?? '', value: change.get('val') })),
  };
}

export async function destroy(session: VimSession, collector: ManagedObject): Promise<void> {
  if (collector.id === session.content.propertyCollector.id) return;
  try {
    await session.call('DestroyPropertyCollector', collector, [], { signal: AbortSignal.timeout(5_000) });
  } catch {
    // it ends with the session
  }
}
