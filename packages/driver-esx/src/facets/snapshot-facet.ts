import type { Call, DomainRef, DomainSnapshot, SnapshotFacet } from '@virtkit/core';
import { esxError } from '../errors.js';
import { type GuestSnapshot, readSnapshots } from '../domain/snapshot-tree.js';
import type { Guests } from '../vim/guests.js';
import { escapedName } from '../vim/names.js';
import { retrieveOne } from '../vim/property-collector.js';
import { changing } from '../vim/changing.js';

const states: Readonly<Record<string, DomainSnapshot['state']>> = {
  poweredOn: 'running',
  poweredOff: 'shutoff',
  suspended: 'paused',
};

/** Snapshots, which the server keeps itself: there is nothing about them on this side. */
export function snapshotFacet(guests: Guests): SnapshotFacet {
  const { session } = guests;
  const all = async (ref: DomainRef, call: Call): Promise<readonly GuestSnapshot[]> => {
    const found = await retrieveOne(session, await guests.object(ref, call), ['snapshot'], call);
    return readSnapshots(found.get('snapshot'));
  };
  const one = async (ref: DomainRef, name: string, call: Call): Promise<GuestSnapshot> => {
    const found = (await all(ref, call)).find(({ node }) => node.name === name);
    if (found !== undefined) return found;
    throw esxError('NO_DOMAIN_SNAPSHOT', `Could not find snapshot with name '${name}'`);
  };

  return {
    list: async (ref, call) => (await all(ref, call)).map(({ node }) => node),
    definition: async (ref, name, call) => describe(await one(ref, name, call)),
    async create(ref, definition, options, call) {
      const name = definition.name ?? String(Math.floor(Date.now() / 1000));
      if ((await all(ref, call)).some(({ node }) => node.name === name))
        throw esxError('OPERATION_INVALID', `Snapshot '${name}' already exists`);
      if (definition.disks?.some(({ snapshot }) => snapshot === 'external') === true)
        throw esxError('CONFIG_UNSUPPORTED', 'disk snapshots not supported yet');
      const parameters = [
        ['name', escapedName(name)],
        ['description', definition.description],
        ['memory', options.diskOnly !== true],
        ['quiesce', options.quiesce === true],
      ] as const;
      await changing(guests, 'CreateSnapshot_Task', await guests.object(ref, call), parameters, call);
      return (await one(ref, name, call)).node;
    },
    async revert(ref, name, _options, call) {
      await changing(guests, 'RevertToSnapshot_Task', (await one(ref, name, call)).object, [], call);
    },
    async delete(ref, name, options, call) {
      const parameters = [['removeChildren', options.children === 'also']] as const;
      await changing(guests, 'RemoveSnapshot_Task', (await one(ref, name, call)).object, parameters, call);
    },
  };
}

function describe({ node, description, createdAt, power }: GuestSnapshot): DomainSnapshot {
  const state = states[power];
  return {
    name: node.name,
    creationTime: createdAt,
    ...(description === '' ? {} : { description }),
    ...(state === undefined ? {} : { state }),
    ...(node.parent === undefined ? {} : { parent: { name: node.parent } }),
  };
}
