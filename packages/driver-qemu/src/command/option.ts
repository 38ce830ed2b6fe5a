import type { JsonObject } from './json.js';
import type { KeyValue } from './key-value.js';

/**
 * One option of a QEMU command line as a value. `json` becomes JSON, `device` JSON or `key=value` by what the emulator
 * takes, `pairs` always `key=value`, `value` stands as it is.
 */
export type QemuOption =
  | { readonly kind: 'flag'; readonly name: string }
  | { readonly kind: 'value'; readonly name: string; readonly value: string }
  | { readonly kind: 'pairs'; readonly name: string; readonly pairs: readonly KeyValue[] }
  | { readonly kind: 'json'; readonly name: 'object' | 'blockdev' | 'audiodev'; readonly properties: JsonObject }
  | { readonly kind: 'device'; readonly properties: JsonObject }
  | { readonly kind: 'netdev'; readonly properties: JsonObject }
  | { readonly kind: 'argument'; readonly value: string };

/** A pair, an alone-standing word, or nothing. */
export type PairInput = KeyValue | string | false | undefined | null | 0 | '';

/** `-NAME` */
export const flag = (name: string): QemuOption => ({ kind: 'flag', name });

/** `-NAME VALUE`, the value unescaped. */
export const option = (name: string, value: string): QemuOption => ({ kind: 'value', name, value });

/** `-NAME a,b=c`; words and pairs, falsy entries are left out. */
export const pairs = (name: string, ...entries: readonly PairInput[]): QemuOption => ({
  kind: 'pairs',
  name,
  pairs: pairList(entries),
});

/** Normalises entries to pairs. */
const pairList = (entries: readonly PairInput[]): readonly KeyValue[] =>
  entries.flatMap((entry) => (!entry ? [] : [typeof entry === 'string' ? ([undefined, entry] as const) : entry]));

/** `-device`, the properties `device_add` takes as well. */
export const device = (properties: JsonObject): QemuOption => ({ kind: 'device', properties });

/** `-netdev`, the properties `netdev_add` takes as well. */
export const netdev = (properties: JsonObject): QemuOption => ({ kind: 'netdev', properties });

/** `-object`, the properties `object-add` takes as well. */
export const object = (properties: JsonObject): QemuOption => ({ kind: 'json', name: 'object', properties });

/** `-blockdev`, the properties `blockdev-add` takes as well. */
export const blockdev = (properties: JsonObject): QemuOption => ({ kind: 'json', name: 'blockdev', properties });

/** `-audiodev` */
export const audiodev = (properties: JsonObject): QemuOption => ({ kind: 'json', name: 'audiodev', properties });

/** One word as it is (`<qemu:arg>`). */
export const argument = (value: string): QemuOption => ({ kind: 'argument', value });
