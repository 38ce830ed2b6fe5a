import type { Call, DomainFacet, DomainRef } from '@virtkit/core';
import { esxError } from '../errors.js';
import { buildDomain, domainProperties } from '../domain/build-domain.js';
import { type Guests, stateOf } from '../vim/guests.js';
import { retrieveOne } from '../vim/property-collector.js';

const infoProperties = ['runtime.powerState', 'config.hardware.memoryMB', 'config.hardware.numCPU'];
const kibPerMib = 1024;

/** Guests and what they look like. */
export function domainFacet(guests: Guests): DomainFacet {
  const read = async (ref: DomainRef, properties: readonly string[], call: Call) => {
    const found = await retrieveOne(guests.session, await guests.object(ref, call), properties, call);
    if (found.size > 0) return found;
    throw esxError('NO_DOMAIN', `no domain with matching uuid '${ref.uuid}' (${ref.name})`);
  };
  return {
    list: async (call) => (await guests.list(call)).map(({ summary }) => summary),
    async find(by, call) {
      if ('uuid' in by) return (await guests.byUuid(by.uuid, call))?.summary;
      const all = await guests.list(call);
      return all.find(({ summary }) => ('name' in by ? summary.ref.name === by.name : summary.ref.id === by.id))
        ?.summary;
    },
    async info(ref, call) {
      const found = await read(ref, infoProperties, call);
      const memory = (found.get('config.hardware.memoryMB')?.number ?? 0) * kibPerMib;
      return {
        state: stateOf(found.get('runtime.powerState')),
        maxMemoryKiB: memory,
        memoryKiB: memory,
        vcpus: found.get('config.hardware.numCPU')?.number ?? 0,
        cpuTimeNs: 0n,
      };
    },
    async definition(ref, which, call) {
      const domain = buildDomain(await read(ref, domainProperties, call));
      if (which === 'current' && ref.id !== undefined) domain.id = ref.id;
      return domain;
    },
  };
}
