import { type GatherPurpose, isNewDefinition } from '@virtkit/core';
import type { Domain } from '@virtkit/schema';
import type { QemuCapabilities } from './capabilities/qemu-capabilities.js';
import type { DefinitionSettings, FirmwareFacts, HostFacts, QemuFacts } from './complete/facts.js';

/** What the dialect asks this host; each answer may be cached by whoever gives it. */
export interface DialectHost {
  /** Architecture of the host. */
  readonly arch: string;
  /** The emulator for guests of an architecture that name none; undefined when none is installed. */
  emulatorFor(arch: string, signal: AbortSignal): Promise<string | undefined>;
  /** Rejects when the emulator is missing or does not answer. */
  capabilities(emulator: string, signal: AbortSignal): Promise<QemuCapabilities>;
  /** `tpm`: whether versions of the TPM emulator are wanted; looking for it costs more than all the rest. */
  facts(wanted: { readonly tpm: boolean }, signal: AbortSignal): Promise<HostFacts>;
  firmware(signal: AbortSignal): Promise<FirmwareFacts>;
  settings(): DefinitionSettings;
}

/** Asks for all that completion and checks of this definition need, and for nothing it does not. */
export async function gatherFacts(
  definition: Domain,
  purpose: GatherPurpose,
  host: DialectHost,
  signal: AbortSignal,
): Promise<QemuFacts> {
  const arch = definition.os.type.arch ?? host.arch;
  const { emulator: named, tpms } = definition.devices;
  const [fallback, facts, firmware] = await Promise.all([
    named === undefined ? host.emulatorFor(arch, signal) : undefined,
    host.facts({ tpm: tpms.length > 0 }, signal),
    host.firmware(signal),
  ]);
  return {
    ...(await ask(named ?? fallback, host, signal)),
    isNew: isNewDefinition(purpose.for),
    isLoad: purpose.for === 'load',
    host: facts,
    emulator: fallback,
    firmware,
    settings: host.settings(),
  };
}

/** A definition that was saved is kept even where its emulator is gone. */
async function ask(
  emulator: string | undefined,
  host: DialectHost,
  signal: AbortSignal,
): Promise<Pick<QemuFacts, 'capabilities' | 'capabilitiesProblem'>> {
  if (emulator === undefined) return { capabilities: undefined };
  try {
    return { capabilities: await host.capabilities(emulator, signal) };
  } catch (capabilitiesProblem) {
    return { capabilities: undefined, capabilitiesProblem };
  }
}
