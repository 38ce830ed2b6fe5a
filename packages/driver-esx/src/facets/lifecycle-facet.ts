import type { Call, DomainRef, LifecycleFacet } from '@virtkit/core';
import { esxError } from '../errors.js';
import type { ManagedObject } from '../soap/envelope.js';
import type { Guests } from '../vim/guests.js';
import { retrieveOne } from '../vim/property-collector.js';
import { changing } from '../vim/changing.js';

type Power = 'poweredOn' | 'poweredOff' | 'suspended';

/** Starting and stopping. What the guest's state forbids is refused with libvirt's words before anything is tried. */
export function lifecycleFacet(guests: Guests): LifecycleFacet {
  const { session } = guests;
  const inState = async (ref: DomainRef, wanted: Power, otherwise: string, call: Call): Promise<ManagedObject> => {
    const object = await guests.object(ref, call);
    const found = await retrieveOne(session, object, ['runtime.powerState'], call);
    if (found.get('runtime.powerState')?.text !== wanted) throw esxError('OPERATION_INVALID', otherwise);
    return object;
  };
  const task = async (method: string, object: ManagedObject, call: Call): Promise<void> => {
    await changing(guests, method, object, [], call);
  };
  const on = (ref: DomainRef, call: Call) => inState(ref, 'poweredOn', 'Domain is not powered on', call);

  return {
    async start(ref, options, call) {
      const object = await inState(ref, 'poweredOff', 'Domain is not powered off', call);
      if (options.paused === true) throw esxError('OPERATION_UNSUPPORTED', 'ESX cannot start a domain paused');
      await task('PowerOnVM_Task', object, call);
      const guest = await guests.byUuid(ref.uuid, call);
      return guest?.summary.ref ?? ref;
    },
    async shutdown(ref, _options, call) {
      await session.call('ShutdownGuest', await on(ref, call), [], call);
      guests.changed();
    },
    async reboot(ref, _options, call) {
      await session.call('RebootGuest', await on(ref, call), [], call);
    },
    async destroy(ref, _options, call) {
      await task('PowerOffVM_Task', await on(ref, call), call);
    },
    async suspend(ref, call) {
      await task('SuspendVM_Task', await on(ref, call), call);
    },
    async resume(ref, call) {
      await task('PowerOnVM_Task', await inState(ref, 'suspended', 'Domain is not suspended', call), call);
    },
    async reset(ref, call) {
      await task('ResetVM_Task', await on(ref, call), call);
    },
  };
}
