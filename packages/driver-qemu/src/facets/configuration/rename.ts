import type { Call, DomainRef } from '@virtkit/core';
import { existsSync } from 'node:fs';
import { domainError, virtError } from '../../errors.js';
import type { Guest } from '../../guests/guest.js';
import type { QemuServices } from '../../guests/services.js';
import { managedSavePath } from '../../process/guest-paths.js';
import { configCopy } from '../targets.js';

/** @libvirt virDomainRename */
export async function rename(services: QemuServices, guest: Guest, name: string, call: Call): Promise<DomainRef> {
  return await services.store.run(guest, 'modify', call, async (current) => {
    check(services, current, name);
    const definition = configCopy(current);
    definition.name = name;
    const before = current.ref;
    await services.store.rename(current, definition);
    await services.autostartOnce.rename(before.name, name);
    services.events.domain(before, { type: 'lifecycle', event: 'undefined', detail: 'renamed' });
    services.events.domain(current.ref, { type: 'lifecycle', event: 'defined', detail: 'renamed' });
    return current.ref;
  });
}

function check({ store, paths }: QemuServices, guest: Guest, name: string): void {
  const refuse = (why: string): never => {
    throw virtError('OPERATION_INVALID', why);
  };
  if (guest.active) refuse('cannot rename active domain');
  if (!guest.persistent) refuse('cannot rename a transient domain');
  if (name === guest.name) throw domainError('OPERATION_INVALID', "Can't rename domain to itself");
  if (store.byName(name) !== undefined) refuse(`domain with name '${name}' already exists`);
  if (existsSync(managedSavePath(paths, guest.name))) refuse('cannot rename a domain with managed saved state');
}
