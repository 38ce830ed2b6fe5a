import { errorsFrom } from '../../errors/virt-error.js';
import type { Domain } from '../domain.js';
import { validateCharacterDevices } from './character-devices.js';
import { validateDisks } from './disks.js';
import { validateInterfaces } from './interfaces.js';

const virtError = errorsFrom('DOMAIN');

/** Refuses what no hypervisor can run, with libvirt's errors. Runs on a completed definition and changes nothing. */
export function validateDomain(definition: Domain): void {
  validateName(definition);
  validateCharacterDevices(definition);
  validateDisks(definition);
  validateInterfaces(definition);
}

/** A name becomes the name of files. */
function validateName({ name }: Domain): void {
  if (name.includes('/')) throw virtError('XML_ERROR', `name ${name} cannot contain '/'`);
  if (name.includes('\n')) throw virtError('XML_ERROR', `name ${name.replace(/\n/g, '\\n')} cannot contain '\\n'`);
}
