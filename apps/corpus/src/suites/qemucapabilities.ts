import { cacheDocument, distil, readDialogue } from '@virtkit/driver-qemu';
import { expectText } from '../difference.js';
import { CaseBroken, readExpected, readInput } from '../manifest.js';
import type { RunCase } from '../manifest.js';

interface Parameters {
  readonly binary: string;
  readonly hvf: boolean;
  readonly microcode_version: number;
}

export const run: RunCase = async (entry, corpusDir) => {
  const { binary, hvf, microcode_version } = entry.params as unknown as Parameters; // the suite's own parameters
  const [first, second] = readDialogue(readInput(entry, corpusDir, 'replies'));
  if (first === undefined) throw new CaseBroken('the dialogue is empty');
  const capabilities = distil({ emulator: binary, first, hvf, ...(second === undefined ? {} : { second }) });
  const accelerated = capabilities.accelerators.kvm !== undefined || capabilities.accelerators.hvf !== undefined;
  const document = cacheDocument(capabilities, { microcodeVersion: accelerated ? microcode_version : 0 });
  expectText(document, readExpected(entry, corpusDir, 'xml'));
};
