import type { Domain } from '@virtkit/schema';
import {
  attr,
  element,
  type FieldsOf,
  list,
  namespaceTag,
  type NamespaceRows,
  oneOf,
  optAttr,
  optChild,
  text,
} from '@virtkit/xml';

const prefix = 'qemu';
const uri = 'http://libvirt.org/schemas/domain/qemu/1.0';
const tag = namespaceTag(prefix, uri);

const argRows = { value: attr(text) };
/** A word for QEMU's command line as it is. */
export interface PassedArgument extends FieldsOf<typeof argRows> {}
const envRows = { name: attr(text), value: optAttr(text) };
/** A variable of QEMU's environment. */
export interface PassedVariable extends FieldsOf<typeof envRows> {}
const commandlineRows = {
  args: list(element<PassedArgument>(tag('arg'), argRows)),
  envs: list(element<PassedVariable>(tag('env'), envRows)),
};
export interface PassedCommandline extends FieldsOf<typeof commandlineRows> {}

const capabilityRows = { capability: attr(text) };
/** A capability of the emulator that is believed to be there, or not. */
export interface CapabilityChange extends FieldsOf<typeof capabilityRows> {}
const capabilitiesRows = {
  added: list(element<CapabilityChange>(tag('add'), capabilityRows)),
  removed: list(element<CapabilityChange>(tag('del'), capabilityRows)),
};
export interface CapabilityChanges extends FieldsOf<typeof capabilitiesRows> {}

const propertyRows = {
  name: attr(text),
  type: attr(oneOf('string', 'signed', 'unsigned', 'bool', 'remove')),
  value: optAttr(text),
};
/** A property of a device that the document sets or takes away. */
export interface PropertyOverride extends FieldsOf<typeof propertyRows> {}
const frontendRows = { properties: list(element<PropertyOverride>(tag('property'), propertyRows)) };
export interface FrontendOverride extends FieldsOf<typeof frontendRows> {}
const deviceRows = { alias: attr(text), frontend: optChild(element<FrontendOverride>(tag('frontend'), frontendRows)) };
export interface DeviceOverride extends FieldsOf<typeof deviceRows> {}
const overrideRows = { devices: list(element<DeviceOverride>(tag('device'), deviceRows)) };
export interface Override extends FieldsOf<typeof overrideRows> {}

const deprecationRows = { behavior: optAttr(oneOf('none', 'omit', 'reject', 'crash')) };
export interface Deprecation extends FieldsOf<typeof deprecationRows> {}

const rows = {
  commandline: optChild(element<PassedCommandline>(tag('commandline'), commandlineRows, { omitEmpty: true })),
  capabilities: optChild(element<CapabilityChanges>(tag('capabilities'), capabilitiesRows, { omitEmpty: true })),
  override: optChild(element<Override>(tag('override'), overrideRows, { omitEmpty: true })),
  deprecation: optChild(element<Deprecation>(tag('deprecation'), deprecationRows, { omitEmpty: true })),
};
/** What a document says in QEMU's own namespace. */
export interface QemuNamespace extends FieldsOf<typeof rows> {}

/** Rows of QEMU's namespace, for reading and writing documents of this driver. */
export const qemuNamespaceRows: NamespaceRows = { prefix, uri, rows };

/** The document's values in QEMU's namespace; empty where there are none. */
export const qemuNamespace = ({ namespaces }: Domain): QemuNamespace => namespaces?.[prefix] ?? {};
