import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Call, UndefineOptions } from '@virtkit/core';
import type { Domain } from '@virtkit/schema';
import { virtError } from '../../errors.js';
import type { Guest } from '../../guests/guest.js';
import type { QemuServices } from '../../guests/services.js';
import { managedSavePath } from '../../process/guest-paths.js';
import { nvramFile } from '../../start/nvram.js';
import { tpmEmulator, tpmFolder } from '../../start/tpm.js';

/** Forgets the persistent definition, and what belongs to it as far as `options` say so. @libvirt virDomainUndefineFlags */
export async function undefine(
  services: QemuServices,
  guest: Guest,
  options: UndefineOptions,
  call: Call,
): Promise<void> {
  await services.store.run(guest, 'modify', call, async (current) => {
    const definition = current.config();
    if (definition === undefined) throw virtError('OPERATION_INVALID', 'cannot undefine transient domain');
    const removed = filesToRemove(services, definition, options);
    for (const path of removed) await rm(path, { recursive: true, force: true });
    const { ref } = current;
    await services.autostartOnce.set(current.name, false);
    await services.store.undefine(current);
    if (!current.active) services.offStates.delete(current.uuid);
    services.events.domain(ref, { type: 'lifecycle', event: 'undefined', detail: 'removed' });
  });
}

/** @throws `OPERATION_INVALID` when something is there that the client did not mention. */
function filesToRemove(services: QemuServices, definition: Domain, options: UndefineOptions): readonly string[] {
  const image = managedSavePath(services.paths, definition.name ?? '');
  const variables = nvramFile(definition);
  const hasImage = existsSync(image);
  const hasVariables = variables !== undefined && existsSync(variables);
  if (hasImage && options.managedSave !== true) {
    throw virtError('OPERATION_INVALID', 'Refusing to undefine while domain managed save image exists');
  }
  if (hasVariables && options.nvram === undefined) {
    throw virtError('OPERATION_INVALID', 'cannot undefine domain with nvram');
  }
  return [
    ...(hasImage ? [image] : []),
    ...(hasVariables && options.nvram === 'remove' ? [variables] : []),
    ...(keepsTpm(definition, options) ? [] : [tpmFolder(services, definition)]),
  ];
}

/** An emulated TPM goes with its guest, unless its document or the client says otherwise. */
function keepsTpm(definition: Domain, { tpm }: UndefineOptions): boolean {
  const emulator = tpmEmulator(definition);
  if (emulator === undefined || tpm === 'keep') return true;
  return tpm !== 'remove' && emulator.persistentState === true;
}
