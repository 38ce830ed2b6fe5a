import { errorsFrom } from '../../errors/virt-error.js';
import type { CharSource } from '../devices/char-source.js';
import type { Domain } from '../domain.js';

const virtError = errorsFrom('DOMAIN');

/** What a host side must say, by its type; a channel may leave a socket's path to the driver. */
export function validateCharacterDevices({ devices }: Domain): void {
  for (const card of devices.smartcards) if (card.mode === 'passthrough') validateSource(card.source, false);
  for (const { source } of [...devices.serials, ...devices.parallels]) validateSource(source, false);
  for (const { source, target } of devices.channels) validateSource(source, target.type === 'virtio');
  for (const { source } of devices.consoles) validateSource(source, false);
}

/** A gatherer of entropy is a character device too. */
export function validateRngs({ devices }: Domain): void {
  for (const { backend } of devices.rngs) if (backend.model === 'egd') validateSource(backend.source, false);
}

export function validateRedirdevs({ devices }: Domain): void {
  for (const { source } of devices.redirdevs) validateSource(source, false);
}

function validateSource(source: CharSource, mayLackPath: boolean): void {
  switch (source.type) {
    case 'file':
    case 'dev':
    case 'pipe':
      return require(source.path, 'Missing source path attribute for char device');
    case 'unix':
      if (!mayLackPath) require(source.path, 'Missing source path attribute for char device');
      return validateReconnect(source);
    case 'tcp':
      require(source.host, 'Missing source host attribute for char device');
      require(source.service, 'Missing source service attribute for char device');
      return validateReconnect(source);
    case 'udp':
      return require(source.connectService, 'Missing source service attribute for char device');
    case 'nmdm':
      if ((source.master === undefined) !== (source.slave === undefined)) {
        throw virtError('INTERNAL_ERROR', 'Should define both master and slave path attributes for nmdm device');
      }
      return;
    case 'spiceport':
      if (source.channel === undefined)
        throw virtError('CONFIG_UNSUPPORTED', 'Missing source channel attribute for char device');
      return;
    default:
      return;
  }
}

function require(value: string | undefined, message: string): void {
  if (value === undefined || value === '') throw virtError('INTERNAL_ERROR', message);
}

function validateReconnect({ mode, reconnect }: Extract<CharSource, { type: 'tcp' | 'unix' }>): void {
  if (reconnect !== undefined && mode === 'bind') {
    throw virtError('INTERNAL_ERROR', 'chardev reconnect is possible only for connect mode');
  }
}
