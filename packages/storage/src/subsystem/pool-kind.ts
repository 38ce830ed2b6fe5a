import type { ObjectKind } from '@virtkit/core';
import { formatStoragePool, parseStoragePool, type StoragePool } from '@virtkit/schema';

/** What is kept of a running pool beside its definition: nothing, a refresh finds it again. */
export type PoolRuntime = Readonly<Record<string, never>>;

const statusTag = /^\s*(?:<\?[^>]*\?>\s*)?<poolstate>\s*([\s\S]*?)\s*<\/poolstate>\s*$/;

/** How pools lie on disk. The status document of an active pool is its definition in `<poolstate>`, as libvirt writes it. */
export const poolKind: ObjectKind<StoragePool, PoolRuntime> = {
  what: 'storagePool',
  directory: 'storage',
  statusDirectory: 'storage',
  numbered: false,
  nameOf: (pool) => pool.name,
  uuidOf: (pool) => pool.uuid,
  parse: (text) => parseStoragePool(text),
  format: formatStoragePool,
  formatStatus: (object) => `<poolstate>\n${indented(formatStoragePool(object.current()))}</poolstate>\n`,
  parseStatus(text) {
    const inner = statusTag.exec(text)?.[1];
    return { definition: parseStoragePool(inner ?? text), runtime: {} };
  },
};

const indented = (text: string): string => text.replaceAll(/^(?=.)/gm, '  ');
