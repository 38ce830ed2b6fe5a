import type { DurableFiles, Logger } from '@virtkit/core';
import { systemWords } from '@virtkit/schema';
import { createHash } from 'node:crypto';
import { type Stats, statSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { virtError } from '../errors.js';
import type { ProbeResult } from './distil.js';
import { distil } from './distil.js';
import { isQemuFlag, qemuFlags } from './flags.js';
import type { QemuCapabilities } from './qemu-capabilities.js';

/** What the answer of a probe depends on beside the binary: whether the user QEMU runs as may use KVM, and the like. */
export type ProbeConditions = Readonly<Record<string, string | number | boolean>>;

export interface CapabilityCacheOptions {
  /** Folder for the cache files; it is made when needed. */
  readonly directory: string;
  /** Starts the binary and asks it. */
  readonly probe: (emulator: string, signal?: AbortSignal) => Promise<ProbeResult>;
  readonly conditions: () => Promise<ProbeConditions>;
  readonly files: Pick<DurableFiles, 'write'>;
  readonly logger: Logger;
  /** Milliseconds on a clock that only goes forward. */
  readonly now?: () => number;
}

/** Changes with the set of flags known here, so that a newer virtkit asks again. */
const formatVersion = createHash('sha256').update(qemuFlags.join()).digest('hex').slice(0, 16);

/** Milliseconds for which a binary is taken to be what it was: a thousand definitions do not look at it a thousand times. */
const freshMs = 250;

interface Known {
  readonly identity: string;
  readonly capabilities: Promise<QemuCapabilities>;
  /** When the binary was last looked at. */
  seen: number;
}

/**
 * Capabilities by binary. An answer is kept in memory and on disk as long as size, times and conditions stay equal.
 * Callers that ask for one binary at the same time share one probe. A probe that fails is not kept.
 */
export class CapabilityCache {
  readonly #options: CapabilityCacheOptions;
  readonly #now: () => number;
  readonly #known = new Map<string, Known>();

  constructor(options: CapabilityCacheOptions) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  /** @throws what the probe throws, and SYSTEM_ERROR when the binary is missing. */
  async of(emulator: string): Promise<QemuCapabilities> {
    const now = this.#now();
    const known = this.#known.get(emulator);
    if (known !== undefined && now - known.seen < freshMs) return known.capabilities;
    return this.#look(emulator, await this.#identity(emulator), now);
  }

  #look(emulator: string, identity: string, seen: number): Promise<QemuCapabilities> {
    const known = this.#known.get(emulator);
    if (known?.identity === identity) {
      known.seen = seen;
      return known.capabilities;
    }
    const capabilities = this.#find(emulator, identity);
    this.#known.set(emulator, { identity, capabilities, seen });
    capabilities.catch(() => {
      if (this.#known.get(emulator)?.capabilities === capabilities) this.#known.delete(emulator);
    });
    return capabilities;
  }

  async #identity(emulator: string): Promise<string> {
    const { size, mtimeMs, ctimeMs } = statOf(emulator);
    const conditions = Object.entries(await this.#options.conditions()).sort(([a], [b]) => (a < b ? -1 : 1));
    return JSON.stringify([formatVersion, size, mtimeMs, ctimeMs, conditions]);
  }

  async #find(emulator: string, identity: string): Promise<QemuCapabilities> {
    const file = join(this.#options.directory, `${createHash('sha256').update(emulator).digest('hex')}.json`);
    const stored = await read(file, identity);
    if (stored !== undefined) return stored;
    const capabilities = distil(await this.#options.probe(emulator));
    await this.#write(file, identity, capabilities).catch((cause: unknown) =>
      this.#options.logger.warning('capabilities of an emulator cannot be kept: the next start asks it again', {
        file,
        cause,
      }),
    );
    return capabilities;
  }

  async #write(file: string, identity: string, capabilities: QemuCapabilities): Promise<void> {
    const { directory, files } = this.#options;
    await mkdir(directory, { recursive: true });
    const { flags, ...rest } = capabilities;
    const content = JSON.stringify({ identity, flags: [...flags], capabilities: rest });
    await files.write(file, content, { mode: 0o644, survives: 'daemon' });
  }
}

/** Synchronous: every definition asks, and a promise would cost ten times as much. */
function statOf(emulator: string): Stats {
  try {
    return statSync(emulator);
  } catch (cause) {
    throw virtError.plain('SYSTEM_ERROR', `Cannot check QEMU binary ${emulator}: ${systemWords(cause)}`);
  }
}

async function read(file: string, identity: string): Promise<QemuCapabilities | undefined> {
  try {
    const content = JSON.parse(await readFile(file, 'utf8')) as {
      identity: string;
      flags: string[];
      capabilities: QemuCapabilities;
    }; // written above
    if (content.identity !== identity) return undefined;
    return { ...content.capabilities, flags: new Set(content.flags.filter(isQemuFlag)) };
  } catch {
    return undefined; // absent or damaged: asked again
  }
}
