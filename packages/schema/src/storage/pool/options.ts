import {
  attr,
  childOf,
  element,
  type ElementType,
  type FieldsOf,
  list,
  namespaceTag,
  type Row,
  special,
  text,
} from '@virtkit/xml';
import { storageXmlError } from '../errors.js';
import type { StoragePoolType } from './pool-types.js';

const mountRows = { name: attr(text, { missing: storageXmlError('no fs mount option name specified') }) };
export interface MountOption extends FieldsOf<typeof mountRows> {}
const configRows = {
  name: attr(text, { missing: storageXmlError('no rbd config option name specified') }),
  value: attr(text, { missing: storageXmlError('no rbd config option value specified') }),
};
export interface ConfigOption extends FieldsOf<typeof configRows> {}

const fs = { prefix: 'fs', uri: 'http://libvirt.org/schemas/storagepool/fs/1.0' };
const rbd = { prefix: 'rbd', uri: 'http://libvirt.org/schemas/storagepool/rbd/1.0' };

/** `<fs:mount_opts>` of pools that are mounted. */
export const mountOptions = namespaced(
  ['fs', 'netfs'],
  fs,
  'mount_opts',
  element<MountOption>(namespaceTag(fs.prefix, fs.uri)('option'), mountRows),
);
/** `<rbd:config_opts>`. */
export const configOptions = namespaced(
  ['rbd'],
  rbd,
  'config_opts',
  element<ConfigOption>(namespaceTag(rbd.prefix, rbd.uri)('option'), configRows),
);

/** A list in a namespace of its own, that only some pool types have; the namespace is declared where the list is there. */
function namespaced<T>(
  types: readonly StoragePoolType[],
  { prefix, uri }: { readonly prefix: string; readonly uri: string },
  tag: string,
  option: ElementType<T>,
): Row<{ option: T[] }, true> {
  const outer = element<{ option: T[] }>(namespaceTag(prefix, uri)(tag), { option: list(option) });
  return special<{ option: T[] }>((key) => ({
    read(node, target, context) {
      const found = childOf(node, `{${uri}}${tag}`);
      if (found === undefined || !types.some((type) => type === target['type'])) return;
      const value = outer.read(found, context);
      if (value.option.length > 0) target[key] = value;
    },
    attributes: (source) => (source[key] === undefined ? '' : ` xmlns:${prefix}='${uri}'`),
    body: (source, indent, context) =>
      source[key] === undefined ? '' : outer.write(source[key] as { option: T[] }, indent, context),
    known: () => ({ children: [[`{${uri}}${tag}`, (found, report) => outer.check(found, report)]] }),
  }));
}
