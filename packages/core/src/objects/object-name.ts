import { errorsFrom, type VirtError } from '@virtkit/schema';

// Control characters would break lines of logs and listings; a slash or a dot name would leave the directory.
const control = /[\u0000-\u001f\u007f]/;

/** Refuses a name that cannot be a file name, for every kind whose name becomes one. */
export function refuseUnsafeName(name: string): void {
  if (name === '') throw unsafe('name is empty');
  if (name.includes('/')) throw unsafe(`name ${name} cannot contain '/'`);
  if (control.test(name)) throw unsafe(`name '${JSON.stringify(name).slice(1, -1)}' cannot contain control characters`);
  if (name === '.' || name === '..') throw unsafe(`name '${name}' is not allowed`);
}

const unsafe = (message: string): VirtError => errorsFrom('NONE')('XML_ERROR', message);
