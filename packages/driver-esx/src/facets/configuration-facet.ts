import type { ConfigurationFacet } from '@virtkit/core';
import { esxError } from '../errors.js';
import type { Guests } from '../vim/guests.js';
import { escapedName } from '../vim/names.js';
import { changing } from '../vim/changing.js';
import { theHost } from './host-facet.js';

/** What can be changed of a guest's definition so far: its name, and whether it starts with its host. */
export function configurationFacet(guests: Guests): Pick<ConfigurationFacet, 'rename' | 'setAutostart'> {
  return {
    async setAutostart(ref, value, call) {
      const object = await guests.object(ref, call);
      await guests.autostart.write(await theHost(guests, call), object, value, call);
      guests.changed();
    },
    async rename(ref, name, call) {
      if (name === '') throw esxError('INVALID_ARG', 'a domain cannot have an empty name');
      const taken = (await guests.list(call)).some(
        ({ summary }) => summary.ref.name === name && summary.ref.uuid !== ref.uuid,
      );
      if (taken) throw esxError('OPERATION_INVALID', `domain with name '${name}' already exists`);
      const object = await guests.object(ref, call);
      await changing(guests, 'Rename_Task', object, [['newName', escapedName(name)]], call);
      return { ...ref, name };
    },
  };
}
