import type { CommandContext, Section } from './context.js';
import { jsonText, type JsonObject, type JsonValue } from './json.js';
import { argument, type QemuOption } from './option.js';
import type { QemuProperty } from '../namespace/qemu-rows.js';
import { qemuNamespace } from './document-overrides.js';

/** Words the document hands to QEMU as they are. */
export const namespaceSection: Section = ({ domain }) => (qemuNamespace(domain).commandline?.args ?? []).map(argument);

/** Changes properties of devices as the document's overrides say. */
export function overridden(options: readonly QemuOption[], { domain }: CommandContext): readonly QemuOption[] {
  const devices = qemuNamespace(domain).override?.devices;
  if (!devices) return options;
  const byAlias = new Map(devices.map(({ alias, properties }) => [alias, properties]));
  return options.map((option) => {
    const changes = option.kind === 'device' ? byAlias.get(jsonText(option.properties['id']).slice(1, -1)) : undefined;
    return changes && option.kind === 'device'
      ? { ...option, properties: override(option.properties, changes) }
      : option;
  });
}

function override(properties: JsonObject, changes: readonly QemuProperty[]): JsonObject {
  const result = new Map(Object.entries(properties));
  for (const change of changes) {
    result.delete(change.name);
    if (change.type !== 'remove') result.set(change.name, typedValue(change));
  }
  return Object.fromEntries(result);
}

function typedValue({ type, value = '' }: QemuProperty): JsonValue {
  switch (type) {
    case 'bool':
      return value === 'true';
    case 'signed':
    case 'unsigned':
      return BigInt(value);
    default:
      return value;
  }
}
