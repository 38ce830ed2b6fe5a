import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { isRecord } from '../../monitor/qmp-message.js';

const run = promisify(execFile);

/** Versions the TPM emulator of this host offers; none when it does not say. */
export async function tpmVersions(): Promise<readonly string[]> {
  try {
    const { stdout } = await run('swtpm', ['socket', '--print-capabilities'], { timeout: 5_000 });
    const answer: unknown = JSON.parse(stdout);
    const features = isRecord(answer) && Array.isArray(answer['features']) ? answer['features'] : [];
    return [...(features.includes('tpm-1.2') ? ['1.2'] : []), ...(features.includes('tpm-2.0') ? ['2.0'] : [])];
  } catch {
    return [];
  }
}
