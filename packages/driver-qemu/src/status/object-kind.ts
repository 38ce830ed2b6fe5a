import type { ObjectKind } from '@virtkit/core';
import { domain, type Domain, opaque } from '@virtkit/schema';
import { type Extensions, formatPieces, parseElement } from '@virtkit/xml';
import { parseStatus, statusPieces } from './status-document.js';
import type { QemuRuntime } from './runtime.js';

/** How guests lie on disk: libvirt's documents in `qemu/NAME.xml`, status documents below the runtime directory. */
export const guestKind = (extensions: Extensions): ObjectKind<Domain, QemuRuntime> => ({
  what: 'domain',
  directory: 'qemu',
  statusDirectory: 'qemu',
  numbered: true,
  nameOf: ({ name }) => name ?? '',
  uuidOf: ({ uuid }) => uuid ?? '',
  parse: (text) => parseElement(domain, text, { extensions, secure: true, opaque }),
  format: (definition) => formatPieces(domain, definition, { extensions, secure: true }),
  formatStatus: (object) =>
    object.runtime === undefined ? '' : statusPieces(object.runtime, object.current(), extensions),
  parseStatus: (text) => parseStatus(text, extensions),
});
