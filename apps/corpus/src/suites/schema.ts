import { basename } from 'node:path';
import { isVirtError, network, parseDomain, parseStoragePool, parseStorageVolume } from '@virtkit/schema';
import { checkElement } from '@virtkit/xml';
import { type CorpusCase, readInput } from '../manifest.js';
import type { RunCase } from '../manifest.js';
import { Difference } from '../difference.js';

const strict = { strict: true } as const;
/** How a document of each kind is held against its schema. */
const readers: Readonly<Record<string, (text: string) => unknown>> = {
  'domain.rng': (text) => parseDomain(text, strict),
  'network.rng': (text) => refuseProblems(checkElement(network, text)),
  'storagepool.rng': (text) => parseStoragePool(text, strict),
  'storagevol.rng': (text) => parseStorageVolume(text, 'dir', strict),
};
const invalidDocument = 92;

function refuseProblems([first]: readonly { readonly text: string }[]): void {
  if (first !== undefined) throw new Difference(first.text);
}

/** Whether a document is valid, whatever else is wrong with it. */
export const run: RunCase = async (entry, corpusDir) => {
  const schema = basename(String(entry.params['schema']));
  const read = readers[schema];
  if (read === undefined) throw new Difference(`no tables for ${schema}`);
  const problem = invalidity(() => read(readInput(entry, corpusDir, 'xml')));
  if ((problem === undefined) === isValid(entry)) return;
  throw new Difference(problem ?? 'accepted, a refusal was expected');
};

const isValid = ({ value }: CorpusCase): boolean => (value as { readonly valid: boolean }).valid; // the suite's own

function invalidity(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    if (error instanceof Difference) return error.message;
    if (isVirtError(error)) return error.code === invalidDocument ? error.message : undefined;
    throw error;
  }
}
