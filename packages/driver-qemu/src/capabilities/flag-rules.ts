/** How a capability flag of a QEMU binary is known. A flag with several rules is set when any of them holds. */
export type FlagRule = Evidence & {
  /** Only from this version of QEMU on (7.1.0 is 7001000): before, the thing was there but broken. */
  readonly since?: number;
};

type Evidence =
  | { readonly by: 'command'; readonly name: string }
  | { readonly by: 'migration'; readonly capability: string }
  | { readonly by: 'object'; readonly type: string }
  | { readonly by: 'property'; readonly type: string; readonly property: string; readonly default?: unknown }
  | { readonly by: 'schema'; readonly path: string }
  | { readonly by: 'option'; readonly option: string; readonly parameter: string | undefined }
  | { readonly by: 'machine'; readonly machine: string; readonly property: string }
  | { readonly by: 'cpu'; readonly architectures: readonly string[]; readonly property: string }
  | { readonly by: 'fact'; readonly fact: ProbeFact };

/** Answers of the probe that are not a question of presence. */
export type ProbeFact =
  | 'kvm'
  | 'hvf'
  | 'sev'
  | 'sev-snp'
  | 'sgx'
  | 'x86'
  | 'sparc'
  | 'max-cpu'
  | 'tpm-passthrough'
  | 'tpm-emulator';

/** A QMP command exists. */
export const command = (name: string): FlagRule => ({ by: 'command', name });
/** A migration capability exists. */
export const migration = (capability: string): FlagRule => ({ by: 'migration', capability });
/** A QOM type (device, object) exists. */
export const object = (type: string): FlagRule => ({ by: 'object', type });
/** A device or object type has a property, with the given default when one is named. */
export const property = (type: string, name: string, ...value: unknown[]): FlagRule => ({
  by: 'property',
  type,
  property: name,
  ...(value.length > 0 ? { default: value[0] } : {}),
});
/** The QMP schema has something at a path (see `schema-path.ts`). */
export const schema = (path: string): FlagRule => ({ by: 'schema', path });
/** A command line option (with a parameter, when one is named) is known. */
export const option = (name: string, parameter?: string): FlagRule => ({ by: 'option', option: name, parameter });
/** A machine type (by name, alias or as abstract type) has a property. */
export const machine = (name: string, propertyName: string): FlagRule => ({
  by: 'machine',
  machine: name,
  property: propertyName,
});
/** The CPU model `max` of one of these architectures has a property. */
export const cpu = (architectures: readonly string[], propertyName: string): FlagRule => ({
  by: 'cpu',
  architectures,
  property: propertyName,
});
/** A fact of the probe. */
export const fact = (name: ProbeFact): FlagRule => ({ by: 'fact', fact: name });
