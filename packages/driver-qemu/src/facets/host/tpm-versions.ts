import { statSync } from 'node:fs';
import type { Commands } from '@virtkit/core';
import type { FindProgram } from './program-finder.js';
import { isRecord } from '../../monitor/qmp-message.js';

/**
 * Versions the TPM emulator of this host offers, none when it does not say; undefined where none is installed. It is
 * asked once, and again when its program has changed.
 */
export function tpmVersions(commands: Commands, find: FindProgram): () => Promise<readonly string[] | undefined> {
  let known: { readonly stamp: string; readonly versions: Promise<readonly string[]> } | undefined;
  return async () => {
    const program = await find('swtpm');
    if (program === undefined) return undefined;
    const { mtimeMs, size } = statSync(program);
    const stamp = `${program} ${mtimeMs} ${size}`;
    if (known?.stamp !== stamp) known = { stamp, versions: askVersions(commands, program) };
    return await known.versions;
  };
}

async function askVersions(commands: Commands, program: string): Promise<readonly string[]> {
  try {
    const { stdout } = await commands.run(program, ['socket', '--print-capabilities'], {
      signal: AbortSignal.timeout(5_000),
    });
    const answer: unknown = JSON.parse(stdout);
    const features = isRecord(answer) && Array.isArray(answer['features']) ? answer['features'] : [];
    return [...(features.includes('tpm-1.2') ? ['1.2'] : []), ...(features.includes('tpm-2.0') ? ['2.0'] : [])];
  } catch {
    return []; // not installed, or too old to tell
  }
}
