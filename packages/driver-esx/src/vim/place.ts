import { esxError } from '../errors.js';
import type { ManagedObject } from '../soap/envelope.js';
import { retrieve, retrieveOne, type Selection, type Traversal } from './property-collector.js';
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
  const [host] = await retrieve(
    session,
    { start: session.content.rootFolder, via, type: 'HostSystem', properties: ['name'] },
    call,
  );
  if (host === undefined) throw esxError('INTERNAL_ERROR', 'the server has no host');
  const [datacenter] = await retrieve(
    session,
    { start: session.content.rootFolder, via: via.slice(0, 1), type: 'Datacenter', properties: ['name'] },
    call,
  );
  return {
    guests: { start: host.object, via: hostGuests },
    host: host.object,
    datacenter: datacenter?.object,
    container: host.object,
  };
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

/** The child of that name. */
async function below(session: VimSession, parent: ManagedObject, name: string, call: VimCall): Promise<ManagedObject> {
  for (const path of childPaths[parent.type] ?? []) {
    const [first, ...rest] = path;
    const via = first === undefined ? [] : [first, ...rest];
    for (const type of ['Folder', 'Datacenter', 'ComputeResource', 'ClusterComputeResource', 'HostSystem']) {
      const found = await retrieve(session, { start: parent, via, type, properties: ['name'] }, call);
      const child = found.find(
        ({ object, properties }) => object.type === type && properties.get('name')?.text === name,
      );
      if (child !== undefined) return child.object;
    }
  }
  throw esxError('INVALID_ARG', `Could not find '${name}' of the path below ${parent.type} '${parent.id}'`);
}

const childPaths: Readonly<Record<string, readonly (readonly Traversal[])[]>> = {
  Folder: [[{ type: 'Folder', path: 'childEntity' }]],
  Datacenter: [
    [
      { type: 'Datacenter', path: 'hostFolder' },
      { type: 'Folder', path: 'childEntity' },
    ],
  ],
  ComputeResource: [[{ type: 'ComputeResource', path: 'host' }]],
  ClusterComputeResource: [[{ type: 'ClusterComputeResource', path: 'host' }]],
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
