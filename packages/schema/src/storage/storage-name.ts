import { XmlError } from '@virtkit/xml';
import { storageError } from './errors.js';

/**
 * A name that becomes the name of a file: no slash, no control character, not `.` and not `..` (the last two are
 * accepted by libvirt, which then writes outside its folder).
 */
export function storageName(what: string, name: string): void {
  if (name.includes('/')) throw storageError('XML_ERROR', `${what} ${name} cannot contain '/'`);
  const control = controlCharacter(name);
  if (control !== undefined) throw invalidCharacter(what, control);
  if (name === '.' || name === '..') throw storageError('XML_ERROR', `${what} ${name} cannot be used for a file`);
}

/** The first control character; a tab is as good as a space. */
function controlCharacter(name: string): string | undefined {
  for (const character of name) {
    const code = character.charCodeAt(0);
    if ((code < 0x20 && code !== 0x09) || code === 0x7f) return character;
  }
  return undefined;
}

const xmlDetail = 35;
const fromXml = 5;
function invalidCharacter(what: string, character: string): XmlError {
  const message = `invalid char in ${what}: ${character}`;
  return new XmlError({ code: xmlDetail, origin: fromXml, format: '%s', message, detail: message });
}
