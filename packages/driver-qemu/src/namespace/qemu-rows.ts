import {
  attr,
  childrenOf,
  element,
  type ElementType,
  type FieldsOf,
  list,
  matchedTag,
  namespaceTag,
  type NamespaceRows,
  oneOf,
  optAttr,
  optChild,
  type Row,
  special,
  text,
  wrapped,
} from '@virtkit/xml';
import { errorsFrom } from '@virtkit/schema';

const virtError = errorsFrom('QEMU');
const uri = 'http://libvirt.org/schemas/domain/qemu/1.0';
const tag = namespaceTag('qemu', uri);

const argumentElement = element<{ value: string }>(tag('arg'), {
  value: attr(text, { missing: () => virtError('INTERNAL_ERROR', 'No qemu command-line argument specified') }),
});
/** Arguments are plain strings in the object. */
const argument: ElementType<string> = {
  tag: argumentElement.tag,
  read: (node, context) => argumentElement.read(node, context).value,
  write: (value, indent, context) => argumentElement.write({ value }, indent, context),
  check: (node, report) => argumentElement.check(node, report),
};

const variableRows = {
  name: attr(text, { missing: () => virtError('INTERNAL_ERROR', 'No qemu environment name specified') }),
  value: optAttr(text),
};
/** A variable of QEMU's environment. */
export interface QemuEnvironmentVariable extends FieldsOf<typeof variableRows> {}
const variable = element<QemuEnvironmentVariable>(tag('env'), variableRows, {
  refine: ({ name }) => {
    if (name === '') throw virtError('INTERNAL_ERROR', 'Empty qemu environment name specified');
    if (/^[^a-zA-Z_]/.test(name))
      throw virtError('INTERNAL_ERROR', 'Invalid environment name, it must begin with a letter or underscore');
    if (/[^a-zA-Z0-9_]/.test(name)) {
      throw virtError('INTERNAL_ERROR', 'Invalid environment name, it must contain only alphanumerics and underscore');
    }
  },
});

const commandlineRows = { args: list(argument), envs: list(variable) };
/** Words and variables that QEMU is given as they are. */
export interface QemuCommandline extends FieldsOf<typeof commandlineRows> {}

const flagRows = { capability: attr(text) };
interface Flag extends FieldsOf<typeof flagRows> {}
const flag = (name: string): ElementType<string> => {
  const inner = element<Flag>(tag(name), flagRows);
  return {
    tag: inner.tag,
    read: (node, context) => inner.read(node, context).capability,
    write: (capability, indent, context) => inner.write({ capability }, indent, context),
    check: (node, report) => inner.check(node, report),
  };
};
const capabilitiesRows = { add: list(flag('add')), del: list(flag('del')) };
/** Capabilities that are taken for granted, or not used, whatever the binary says. */
export interface QemuCapabilityOverrides extends FieldsOf<typeof capabilitiesRows> {}

const propertyRows = {
  name: attr(text),
  type: attr(oneOf('string', 'signed', 'unsigned', 'bool', 'remove')),
  value: optAttr(text),
};
/** A property that is set or taken away. */
export interface QemuProperty extends FieldsOf<typeof propertyRows> {}
const overrideDeviceRows = {
  alias: attr(text),
  properties: wrapped(tag('frontend'), element<QemuProperty>(tag('property'), propertyRows)),
};
export interface QemuDeviceOverride {
  alias: string;
  properties: QemuProperty[];
}
const overrideDevice = element<QemuDeviceOverride>(tag('device'), overrideDeviceRows, {
  refine: (device) => {
    device.properties ??= [];
  },
});
const overrideRows = { devices: list(overrideDevice) };
/** Properties of single devices, by alias. */
export interface QemuOverride extends FieldsOf<typeof overrideRows> {}

const deprecationRows = { behavior: optAttr(text) };
export interface QemuDeprecation extends FieldsOf<typeof deprecationRows> {}

/** Several elements count as one, empty ones as none. */
const commandline = element<QemuCommandline>(tag('commandline'), commandlineRows, { omitEmpty: true });
const commandlines: Row<QemuCommandline, true> = special<QemuCommandline>((key) => ({
  ...optChild(commandline).bind(key),
  read(node, target, context) {
    const all = childrenOf(node, matchedTag(commandline.tag)).map((child) => commandline.read(child, context));
    const [args, envs] = [all.flatMap((one) => one.args), all.flatMap((one) => one.envs)];
    if (args.length + envs.length > 0) target[key] = { args, envs };
  },
}));

const rows = {
  commandline: commandlines,
  capabilities: optChild(element<QemuCapabilityOverrides>(tag('capabilities'), capabilitiesRows, { omitEmpty: true })),
  override: optChild(element<QemuOverride>(tag('override'), overrideRows, { omitEmpty: true })),
  deprecation: optChild(element<QemuDeprecation>(tag('deprecation'), deprecationRows, { omitEmpty: true })),
};
/** What a document says in QEMU's namespace. */
export interface QemuNamespaceValues extends FieldsOf<typeof rows> {}

/** `qemu:` elements at the end of a domain document. */
export const qemuNamespaceRows: NamespaceRows = { prefix: 'qemu', uri, rows };
