import type { FlagRule } from './flag-rules.js';
import { flagTable } from './flags.js';
import type { ProbeCommand } from './probe-replies.js';

const rules = (): readonly FlagRule[] => Object.values(flagTable).flatMap((list: readonly FlagRule[]) => list);

const typesOf = (): readonly string[] => [
  ...new Set(rules().flatMap((rule) => (rule.by === 'property' ? [rule.type] : []))),
];

/** Object types that are no devices; their properties are asked for with another command. */
const isObjectType = (type: string): boolean => type.startsWith('memory-backend-');

const propertiesOf = (type: string): ProbeCommand => ({
  execute: isObjectType(type) ? 'qom-list-properties' : 'device-list-properties',
  arguments: { typename: type },
});

const expand = (type: 'static' | 'full', name: string, props?: Readonly<Record<string, boolean>>): ProbeCommand => ({
  execute: 'query-cpu-model-expansion',
  arguments: { type, model: props === undefined ? { name } : { name, props } },
});

const plain = (...names: readonly string[]): readonly ProbeCommand[] => names.map((execute) => ({ execute }));

/** Also as QEMU names it itself. */
const isX86 = (arch: string): boolean => ['x86_64', 'i686', 'i386'].includes(arch);

/**
 * Everything to ask a QEMU started with `-machine none`, to be sent at once (pipelined) after `qmp_capabilities`.
 * A command or type that the binary does not know is answered with an error, which counts as absent.
 */
export const firstProbe = (arch: string, accelerated: boolean): readonly ProbeCommand[] => [
  ...plain('query-version', 'query-target', 'query-kvm', 'query-qmp-schema', 'qom-list-types'),
  ...typesOf().map(propertiesOf),
  ...machineProperties(arch),
  ...plain('query-tpm-models', 'query-tpm-types', 'query-command-line-options', 'query-migrate-capabilities'),
  ...(isX86(arch) ? plain('query-sev-capabilities', 'query-sgx-capabilities') : []),
  ...(arch === 'aarch64' || arch === 'armv7l' || arch === 'arm' ? plain('query-gic-capabilities') : []),
  ...acceleratorProbe(arch, accelerated),
  ...(isX86(arch) ? [expand('full', cpuOf(accelerated), { migratable: false, 'hv-passthrough': true })] : []),
];

/** What differs without acceleration: to be asked a second process when the first was accelerated. */
export const secondProbe = (arch: string): readonly ProbeCommand[] => acceleratorProbe(arch, false);

/** The model that has all an accelerator offers. */
const cpuOf = (accelerated: boolean): string => (accelerated ? 'host' : 'max');

function acceleratorProbe(arch: string, accelerated: boolean): readonly ProbeCommand[] {
  const name = cpuOf(accelerated);
  const other = isX86(arch) ? expand('static', name, { migratable: false }) : expand('full', name);
  return [...plain('query-cpu-definitions', 'query-machines'), expand('static', name), other];
}

/** Machine and CPU properties; versioned machine types are asked by their abstract parents where there is one. */
function machineProperties(arch: string): readonly ProbeCommand[] {
  const types = [
    'none-machine',
    ...(isX86(arch) ? ['generic-pc-machine', `max-${arch === 'i686' ? 'i386' : arch}-cpu`] : []),
  ];
  return types.map((typename) => ({ execute: 'qom-list-properties', arguments: { typename } }));
}

/** Arguments of a QEMU that is only asked questions. The monitor's descriptor or path is for the caller to add. */
export const probeArguments = (accelerators: readonly ('kvm' | 'hvf' | 'tcg')[]): readonly string[] => [
  '-S',
  '-no-user-config',
  '-nodefaults',
  '-nographic',
  '-machine',
  `none,accel=${accelerators.join(':')}`,
];
