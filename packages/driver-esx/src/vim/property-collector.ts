import type { Answer } from '../soap/answer.js';
import { data, type DataObject, type ManagedObject } from '../soap/envelope.js';
import type { VimCall, VimSession } from './session.js';

/** How to get from one object to others: the property `path` of objects of `type`. */
export interface Traversal {
  readonly type: string;
  readonly path: string;
}
export interface Selection {
  /** Where to begin. */
  readonly start: ManagedObject;
  /** Steps from there; without any the start itself is meant. */
  readonly via?: readonly Traversal[];
  readonly type: string;
  readonly properties: readonly string[];
}

/** An object with those of the asked properties it has. */
export interface ObjectProperties {
  readonly object: ManagedObject;
  readonly properties: ReadonlyMap<string, Answer>;
}

/** Properties of many objects in one request (more only when the server pages). */
export const retrieve = (
  session: VimSession,
  selection: Selection,
  call: VimCall,
): Promise<readonly ObjectProperties[]> => retrieveAll(session, [selection], call);

/** As `retrieve`, for several selections in the same request. */
export async function retrieveAll(
  session: VimSession,
  selections: readonly Selection[],
  call: VimCall,
): Promise<readonly ObjectProperties[]> {
  const collector = session.content.propertyCollector;
  const found: ObjectProperties[] = [];
  let answer = await session.call(
    'RetrievePropertiesEx',
    collector,
    [
      ['specSet', selections.map(filterSpec)],
      ['options', data([])],
    ],
    call,
  );
  for (;;) {
    const page = answer.get('returnval');
    for (const object of page.list('objects')) found.push(readObjectProperties(object));
    const token = page.get('token').text;
    if (token === undefined || token === '') return found;
    answer = await session.call('ContinueRetrievePropertiesEx', collector, [['token', token]], call);
  }
}

/** Properties of one object. */
export async function retrieveOne(
  session: VimSession,
  object: ManagedObject,
  properties: readonly string[],
  call: VimCall,
): Promise<ReadonlyMap<string, Answer>> {
  const [found] = await retrieve(session, { start: object, type: object.type, properties }, call);
  return found?.properties ?? new Map();
}

/** What to select, as the server wants it: properties, then where to begin, then the steps as a chain. */
export function filterSpec({ start, via = [], type, properties }: Selection): DataObject {
  return data([
    [
      'propSet',
      data([
        ['type', type],
        ['all', properties.length === 0 ? false : undefined],
        ['pathSet', properties],
      ]),
    ],
    [
      'objectSet',
      data([
        ['obj', start],
        ['skip', via.length > 0],
        ['selectSet', traversal(via)],
      ]),
    ],
  ]);
}

function traversal([step, ...rest]: readonly Traversal[]): DataObject | undefined {
  if (step === undefined) return undefined;
  return data(
    [
      ['name', `${step.type}.${step.path}`],
      ['type', step.type],
      ['path', step.path],
      ['skip', rest.length > 0],
      ['selectSet', traversal(rest)],
    ],
    'TraversalSpec',
  );
}

function readObjectProperties(content: Answer): ObjectProperties {
  const properties = new Map<string, Answer>();
  for (const property of content.list('propSet')) properties.set(property.get('name').text ?? '', property.get('val'));
  return { object: content.get('obj').reference ?? { type: '', id: '' }, properties };
}
