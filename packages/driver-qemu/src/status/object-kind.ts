import type { ObjectKind } from '@virtkit/core';
import { domain, type Domain } from '@virtkit/schema';
import { type Extensions, formatElement, parseElement } from '@virtkit/xml';
import { formatStatus, parseStatus } from './status-document.js';
import type { QemuRuntime } from './runtime.js';

/** How guests lie on disk: libvirt's documents in `qemu/NAME.xml`, status documents below the runtime directory. */
export const guestKind = (extensions: Extensions): ObjectKind<Domain, QemuRuntime> => ({
  what: 'domain',
  directory: 'qemu',
  statusDirectory: 'qemu',
  numbered: true,
  nameOf: ({ name }) => name ?? '',
  uuidOf: ({ uuid }) => uuid ?? '',
  parse: (text) => parseElement(domain, text, { extensions, secure: true }),
  format: (definition) => formatElement(domain, definition, { extensions, secure: true }),
  formatStatus: (object) =>
    object.runtime === undefined ? '' : formatStatus(object.runtime, object.current(), extensions),
  parseStatus: (text) => parseStatus(text, extensions),
});
