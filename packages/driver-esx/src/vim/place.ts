import { esxError } from '../errors.js';
import type { ManagedObject } from '../soap/envelope.js';
import { retrieveAll, retrieveOne, type Selection, type Traversal } from './property-collector.js';
import type { VimCall, VimSession } from './session.js';

/** The part of a server that a connection is about. */
export interface Place {
  /** All guests below it: where to begin and how to go on. */
  readonly guests: Pick<Selection, 'start' | 'via'>;
  /** The host, where it is one. */
  readonly host: ManagedObject | undefined;
  readonly datacenter: ManagedObject | undefined;
  /** What the uri's path names. */
  readonly container: ManagedObject;
}

const hostGuests: readonly Traversal[] = [{ type: 'HostSystem', path: 'vm' }];

/** Finds what a uri's path names: a host, or, for less of a path, a cluster, a datacenter or all of a vCenter. */
export async function findPlace(session: VimSession, path: readonly string[], call: VimCall): Promise<Place> {
  const { rootFolder, product } = session.content;
  if (product === 'ESX') return onlyHost(session, call);
  let here = rootFolder;
  let datacenter: ManagedObject | undefined;
  for (const name of path) {
    here = await below(session, here, name, call);
    if (here.type === 'Datacenter') datacenter = here;
  }
  if (here.type === 'HostSystem')
    return { guests: { start: here, via: hostGuests }, host: here, datacenter, container: here };
  const [host] = here.type === 'ComputeResource' ? await hostsOf(session, here, call) : [];
  if (host !== undefined) return { guests: { start: host, via: hostGuests }, host, datacenter, container: here };
  return { guests: await viewOf(session, here, call), host: undefined, datacenter, container: here };
}

async function onlyHost(session: VimSession, call: VimCall): Promise<Place> {
  const via: readonly Traversal[] = [
    { type: 'Folder', path: 'childEntity' },
    { type: 'Datacenter', path: 'hostFolder' },
    { type: 'Folder', path: 'childEntity' },
    { type: 'ComputeResource', path: 'host' },
  ];
  const start = session.content.rootFolder;
  const found = await retrieveAll(
    session,
    [
      { start, via, type: 'HostSystem', properties: ['name'] },
      { start, via: via.slice(0, 1), type: 'Datacenter', properties: ['name'] },
    ],
    call,
  );
  const first = (type: string): ManagedObject | undefined => found.find(({ object }) => object.type === type)?.object;
  const host = first('HostSystem');
  if (host === undefined) throw esxError('INTERNAL_ERROR', 'the server has no host');
  return { guests: { start: host, via: hostGuests }, host, datacenter: first('Datacenter'), container: host };
}

async function hostsOf(session: VimSession, compute: ManagedObject, call: VimCall): Promise<readonly ManagedObject[]> {
  const found = await retrieveOne(session, compute, ['host'], call);
  return (
    found
      .get('host')
      ?.items()
      .map((host) => host.reference ?? compute) ?? []
  );
}

const namedTypes = ['Folder', 'Datacenter', 'ComputeResource', 'ClusterComputeResource', 'HostSystem'];

/** The child of that name, found with one request. */
async function below(session: VimSession, parent: ManagedObject, name: string, call: VimCall): Promise<ManagedObject> {
  const via = childPaths[parent.type];
  if (via !== undefined) {
    const selections = namedTypes.map((type) => ({ start: parent, via, type, properties: ['name'] }));
    const found = await retrieveAll(session, selections, call);
    const child = found.find(
      ({ object, properties }) => namedTypes.includes(object.type) && properties.get('name')?.text === name,
    );
    if (child !== undefined) return child.object;
  }
  throw esxError('INVALID_ARG', `Could not find '${name}' of the path below ${parent.type} '${parent.id}'`);
}

const childPaths: Readonly<Record<string, readonly Traversal[]>> = {
  Folder: [{ type: 'Folder', path: 'childEntity' }],
  Datacenter: [
    { type: 'Datacenter', path: 'hostFolder' },
    { type: 'Folder', path: 'childEntity' },
  ],
  ComputeResource: [{ type: 'ComputeResource', path: 'host' }],
  ClusterComputeResource: [{ type: 'ClusterComputeResource', path: 'host' }],
};

/** A view of all guests below an object; it lives as long as the session. */
async function viewOf(
  session: VimSession,
  container: ManagedObject,
  call: VimCall,
): Promise<Pick<Selection, 'start' | 'via'>> {
  const answer = await session.call(
    'CreateContainerView',
    session.content.viewManager,
    [
      ['container', container],
      ['type', 'VirtualMachine'],
      ['recursive', true],
    ],
    call,
  );
  const view = answer.get('returnval').reference;
  if (view === undefined) throw esxError('INTERNAL_ERROR', 'CreateContainerView gave no view');
  return { start: view, via: [{ type: 'ContainerView', path: 'view' }] };
}
