import { esxError } from '../errors.js';
import type { Guests } from './guests.js';
import { type ObjectProperties, retrieve } from './property-collector.js';
import type { VimCall } from './session.js';

/** Datastores or networks the connection's host sees; of all hosts where it is about more than one. */
export async function inventory(
  guests: Guests,
  what: { readonly type: 'Datastore' | 'Network'; readonly path: 'datastore' | 'network' },
  properties: readonly string[],
  call: VimCall,
): Promise<readonly ObjectProperties[]> {
  const { session } = guests;
  const { host, container } = await guests.place(call);
  if (host !== undefined) {
    const via = [{ type: 'HostSystem', path: what.path }];
    return retrieve(session, { start: host, via, type: what.type, properties }, call);
  }
  const answer = await session.call(
    'CreateContainerView',
    session.content.viewManager,
    [
      ['container', container],
      ['type', what.type],
      ['recursive', true],
    ],
    call,
  );
  const view = answer.get('returnval').reference;
  if (view === undefined) throw esxError('INTERNAL_ERROR', 'CreateContainerView gave no view');
  try {
    const via = [{ type: 'ContainerView', path: 'view' }];
    return await retrieve(session, { start: view, via, type: what.type, properties }, call);
  } finally {
    await session.call('DestroyView', view, [], call);
  }
}
