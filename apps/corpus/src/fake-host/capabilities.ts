import { distil, isQemuFlag, readDialogue } from '@virtkit/driver-qemu';
import type { GicCapability, MachineType, QemuCapabilities, QemuFlag } from '@virtkit/driver-qemu';
import type { CorpusCase } from '../manifest.js';
import { CaseBroken, readInput } from '../manifest.js';

interface Parameters {
  readonly caps_add?: readonly string[];
  readonly caps_del?: readonly string[];
  readonly caps_version?: string;
  readonly caps_variant?: string;
  /** Versions, each both accelerated and emulated; none: as recorded. */
  readonly gic?: readonly number[];
}

const known = new Map<string, QemuCapabilities>();

/**
 * The capabilities of the emulator of a case: from its recorded dialogue, with single flags added and taken, and without
 * machine aliases where the newest version is asked for.
 */
export function fakeCapabilities(
  entry: CorpusCase,
  corpusDir: string,
  options: { readonly emulator: string },
): QemuCapabilities {
  const parameters = entry.params as Parameters; // the suites' own parameters
  const recorded = recordedCapabilities(entry, corpusDir, options.emulator);
  const flags = new Set<QemuFlag>(recorded.flags);
  for (const name of parameters.caps_add ?? []) if (isQemuFlag(name)) flags.add(name);
  for (const name of parameters.caps_del ?? []) if (isQemuFlag(name)) flags.delete(name);
  return {
    ...recorded,
    flags,
    ...(parameters.gic === undefined || parameters.gic.length === 0 ? {} : { gic: parameters.gic.map(offered) }),
    ...(parameters.caps_version === 'latest' ? { accelerators: withoutAliases(recorded) } : {}),
  };
}

const offered = (version: number): GicCapability => ({ version, kernel: true, emulated: true });

function recordedCapabilities(entry: CorpusCase, corpusDir: string, emulator: string): QemuCapabilities {
  const key = `${entry.inputs['caps_replies'] ?? ''} ${emulator}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const [first, second] = readDialogue(readInput(entry, corpusDir, 'caps_replies'));
  if (first === undefined) throw new CaseBroken('the dialogue is empty');
  const hvf = entry.inputs['caps_replies']?.includes('+hvf') === true;
  const capabilities = distil({ emulator, first, hvf, ...(second === undefined ? {} : { second }) });
  known.set(key, capabilities);
  return capabilities;
}

/** `pc` stays `pc`: each aliased machine is there under both names. */
function withoutAliases({ accelerators }: QemuCapabilities): QemuCapabilities['accelerators'] {
  return Object.fromEntries(
    Object.entries(accelerators).map(([name, accelerator]) => [
      name,
      { ...accelerator, machines: accelerator.machines.flatMap(split) },
    ]),
  );
}

function split(machine: MachineType): readonly MachineType[] {
  const { alias, ...rest } = machine;
  return alias === undefined
    ? [machine]
    : [
        { ...rest, name: alias },
        { ...rest, isDefault: false },
      ];
}
